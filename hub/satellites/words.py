"""Why a satellite is not heard, in the only words that its inlet can use for it."""

UNREACHABLE = "cannot be reached"
GONE = "has gone"
NOT_WYOMING = "does not speak Wyoming, or sends too much at once"
WRONG_SOUND = "must send 16 kHz, 16 bit, one channel"
NOT_CLOSED = "is not let in: its process cannot be sealed"
ALL = (UNREACHABLE, GONE, NOT_WYOMING, WRONG_SOUND, NOT_CLOSED)
