"""What an eye is made of: the process hub.eye, one for each camera."""
