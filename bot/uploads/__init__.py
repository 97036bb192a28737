"""Files from owners: what kind of file it is, and the ports between the channel that receives it and what reads it."""
