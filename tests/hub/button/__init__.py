"""The mute button and its light, on files and pipes that stand in for devices."""
