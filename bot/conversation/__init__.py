"""One turn of the conversation as a pure function: what is known and what was heard in, what is now known and what to say out."""
