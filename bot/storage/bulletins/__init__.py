"""Bulletins in rows: what is written, who approved it, whom it is for, and what became of each message."""
