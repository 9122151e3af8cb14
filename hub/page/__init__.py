"""The local page: what its owner sees of the hub, and may tell it."""
