"""A mute button and its light, by the kernel's own files. The launcher looks after them, so
that they work whatever becomes of the house.
"""
