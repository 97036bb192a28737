"""From the series of confirmed files to what an owner can see in them: pure, nothing here is a fact of the firm or sets one."""
