"""Faces taken so that their owner is known: from pictures, or live by a process that is sealed."""
