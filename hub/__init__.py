"""The processes and the conversation; only hub knows the other four packages."""
