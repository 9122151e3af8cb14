"""Speech recognition engines, one a file."""
