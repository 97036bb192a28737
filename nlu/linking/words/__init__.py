"""What a message says in words: trades, purposes, security, forms, flags."""
