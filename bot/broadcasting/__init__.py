"""What officers do with bulletins, and bringing them out: use cases, each in its own transactions, used by every shell."""
