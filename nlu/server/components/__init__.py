"""Graph components of the NLU pipeline. `tokens` and `linear` are plain Python and numpy; `graph` wraps them for Rasa."""
