"""Why the hub did what it did: the last turns, kept for their owner and for nobody else."""
