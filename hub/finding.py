"""What the doctor finds."""

from typing import Literal

import msgspec

Verdict = Literal["works", "note", "broken"]


class Finding(msgspec.Struct, frozen=True):
    """`advice`: what to do, empty where nothing need be done."""

    what: str
    verdict: Verdict
    detail: str
    advice: str = ""
