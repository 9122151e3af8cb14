"""Satellites: a stand-in that speaks the protocol, and the real one."""
