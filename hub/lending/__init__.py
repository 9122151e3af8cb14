"""Ears and voice lent to others by Wyoming, from the process booth: without our microphones."""
