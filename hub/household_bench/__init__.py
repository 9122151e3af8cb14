"""The household's own test sentences: kept encrypted, on this machine only, and scored."""
