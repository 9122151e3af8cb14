"""What the house knows of what its eyes see."""
