"""How owners' messages become training data: picked, masked, labelled by a person, and learnt only if that does no harm."""
