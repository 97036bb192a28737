"""A small pretrained network that reads the whole message: what its figures and words mean beyond the words met in training."""
