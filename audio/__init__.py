"""Sound in, words out; text in, speech out. No network, no clock: time is samples."""
