"""Words in, wishes out. Pure: no I/O, no clock."""
