"""Work on cases: each use of the desk as one transaction, whichever shell asks for it."""
