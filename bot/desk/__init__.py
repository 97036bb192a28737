"""The desk: what the advisor should not answer alone goes to a person at the right bank, with everything in front of them."""
