"""Engines that find faces and tell them apart, one a file."""
