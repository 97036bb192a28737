"""Files from owners, from bytes to figures of the firm with their places and what does not add up. Pure, but for `isolation`."""
