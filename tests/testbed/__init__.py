"""A real Home Assistant and a real Mosquitto for tests: built once, outside the repository."""
