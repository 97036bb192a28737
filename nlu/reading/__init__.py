"""From words and figures to facts: which parts state something, which fact a figure fills, what words alone say, bare answers."""
