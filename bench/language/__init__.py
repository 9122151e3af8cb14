"""How well typed sentences are understood, and how fast: `python -m bench.language`."""
