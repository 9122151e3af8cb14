"""Images in, sightings out: a detector, what is followed, zones; no network, and nothing kept."""
