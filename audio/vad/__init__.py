"""Voice activity engines, one a file."""
