"""Which fact each figure of a message fills."""
