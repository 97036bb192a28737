"""A second look, learnt from labelled messages, at what the rules of nlu/reading read: which fact a figure fills, what words say."""
