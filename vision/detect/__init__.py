"""Engines that find things in a picture, one a file."""
