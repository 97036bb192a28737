"""The words owners use, as tables: which words name which fact (figures), say which flag or choice (words), or take a statement back (frames)."""
