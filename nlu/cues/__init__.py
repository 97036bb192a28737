"""The words owners use: which name a fact (figures), say a flag or a choice (words), or change what a sentence does (frames)."""
