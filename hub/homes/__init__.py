"""Homes that can be acted upon: simulated, or a real one through Home Assistant."""
