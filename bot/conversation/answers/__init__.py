"""What the advisor answers to each intent. A handler takes the scene of a turn and gives back an Answer; it touches nothing else."""
