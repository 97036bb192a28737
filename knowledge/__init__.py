"""What the advisor knows: the firm vocabulary, conditions over it, and entries (programmes, products, terms) with sources."""
