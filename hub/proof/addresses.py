"""Who is where in the proof's network. Strangers' addresses are from blocks for documentation."""

BROKER, BROKER_PORT = "192.168.77.1", 1883
CAMERA, CAMERA_PORT = "192.168.77.3", 8080
SATELLITE, SATELLITE_PORT = "192.168.77.4", 10700
GATEWAY = "192.0.2.1"
"""The house's way to the internet, and its name server."""
STRANGER, STRANGER_6 = "203.0.113.7", "2001:db8:7::7"
"""Somebody on the internet."""
LAN_MACS = ("02:00:00:00:00:01", "02:00:00:00:00:02")
WAN_MACS = ("02:00:00:00:00:03", "02:00:00:00:00:04")
"""Of the house, and of the other end."""
OTHERS_MACS = frozenset({LAN_MACS[1], WAN_MACS[1]})
"""All that comes from anybody else is the house's, whatever address it gives itself."""
