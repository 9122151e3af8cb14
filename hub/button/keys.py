"""Which of a device's keys mutes, and which devices are not read at all. Pure.

Codes as in linux/input-event-codes.h.
"""

MICROPHONE_MUTE, MUTE = 248, 113
MOST = 8
"""Keys of a button. A headset has a handful; a keyboard about a hundred, a number pad seventeen."""
_WRITING = frozenset(
    {*range(2, 12), *range(16, 26), *range(30, 39), *range(44, 51), *range(71, 84)}
)
"""Digits and letters, as on a keyboard of any language, and the number pad's."""
_POWER = frozenset({116, 142, 205, 408})
"""Power, sleep, suspend, restart: the system would act on them."""


class NotAButton(Exception):
    """In plain words why a device is not read."""


def muting(keys: frozenset[int]) -> int:
    """The key that mutes. Raises NotAButton."""
    if keys & _WRITING:
        raise NotAButton("it has keys that write, so it could tell what people type")
    if len(keys) > MOST:
        many = f"it has {len(keys)} keys, so it could tell what people do at this machine"
        raise NotAButton(f"{many}: a button has {MOST} at most")
    for wanted in (MICROPHONE_MUTE, MUTE):
        if wanted in keys:
            return wanted
    if len(keys) != 1:
        raise NotAButton("it has no mute key" if keys else "it has no key")
    [only] = keys
    if only in _POWER:
        raise NotAButton("its key turns the machine off: write keycode=248 in its dtoverlay line")
    return only
