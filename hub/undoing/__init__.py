"""How each kind of device is brought back to how it was."""
