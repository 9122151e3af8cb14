"""Home Assistant over its websocket: what the home is and does, and acting on it."""
