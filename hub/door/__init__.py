"""The word door: what sealed processes say is checked, paid for, and said anew by the house."""
