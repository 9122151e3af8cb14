"""What the owner may set about recordings for debugging. Off unless it is there."""

from typing import Annotated

import msgspec

MOST_HOURS = 24
MOST_DAYS = 7


class Recordings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`to`: the owner's public key, as age-keygen prints it. After `hours` recording ends by
    itself, after `keep_days` each recording is deleted.
    """

    to: Annotated[str, msgspec.Meta(pattern="^age1[0-9a-z]{58}$")]
    hours: Annotated[float, msgspec.Meta(gt=0, le=MOST_HOURS)] = 1
    keep_days: Annotated[float, msgspec.Meta(gt=0, le=MOST_DAYS)] = MOST_DAYS
