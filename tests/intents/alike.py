"""How far two texts are by sound, worked out the plain way: the judge of the fast ones."""

import numpy as np

from intents.sounds import EXTRA, SWAP, Sounds

ENGLISH = Sounds("en")


def apart(one: str, other: str) -> float:
    """Levenshtein over the sounds of two English texts."""
    a, b = ENGLISH.of(one), ENGLISH.of(other)
    row = np.concatenate(([0.0], np.cumsum(EXTRA[b])))
    for sound in a:
        above, row = row, np.empty_like(row)
        row[0] = above[0] + EXTRA[sound]
        for n, other_sound in enumerate(b, 1):
            row[n] = min(
                above[n - 1] + SWAP[sound, other_sound],
                above[n] + EXTRA[sound],
                row[n - 1] + EXTRA[other_sound],
            )
    return float(row[-1])
