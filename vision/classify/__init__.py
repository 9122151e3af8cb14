"""Engines that tell what state a picture shows, one a file."""
