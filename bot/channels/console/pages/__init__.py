"""The pages of the console, each with what it takes to be let in."""
