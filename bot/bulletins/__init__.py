"""Bulletins: what a policy office tells exactly the firms that a measure is for."""
