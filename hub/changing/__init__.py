"""Changes to the owner's settings file: its text, its earlier state, and what may be changed."""
