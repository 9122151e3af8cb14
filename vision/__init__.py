"""Images in, sightings out. Empty until the hub gets eyes."""
