"""Understanding of what owners write: figures, facts, places, language."""
