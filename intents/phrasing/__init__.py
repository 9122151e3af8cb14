"""What people say instead of a template: words are tagged, and rules make wishes of the tags."""
