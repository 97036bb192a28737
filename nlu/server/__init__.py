"""The Rasa room: an NLU-only server with its own environment. Nothing here imports the rest of the project."""
