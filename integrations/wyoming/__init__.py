"""The Wyoming protocol, whose own library makes the events; they are read here, with bounds."""
