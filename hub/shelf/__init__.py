"""The shelf: which model files there are, where they lie, that they are whole, how they come."""
