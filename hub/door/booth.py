"""The door into the house from the booth, which hears what others bring: numbers, and few.

Exact sums stay inside: what is passed on is what is new since it was last passed on, in two figures
and rounded up, so that the ledger never says less than was sent; and it is paid for in bits.
"""

from dataclasses import dataclass, field
from math import log2

from hub.door.budget import MOMENT_COST, Budget
from hub.door.reasons import OWN
from hub.door.refusals import Refusals, Refused
from hub.door.standing import Standing
from hub.lending.messages import FromBooth, Lent
from hub.messages import Closed, State

BOOTH_BURST, BOOTH_RATE = 2_000.0, 8.0
"""Bits at once, and a second: what it did, every ten seconds."""
_MOST = 10**12
_NUMBER_COST = log2(1 + 9 + 12 * 90)
"""Of nothing, a figure, or two figures and up to twelve zeros."""
_LENT_COST = MOMENT_COST + 3 + 6 * _NUMBER_COST


@dataclass
class BoothDoor:
    """`now` is always seconds of one monotonic clock."""

    refusals: Refusals = field(default_factory=Refusals)
    _budget: Budget = field(default_factory=lambda: Budget(BOOTH_BURST, BOOTH_RATE))
    _standing: Standing = field(init=False)
    _told: Lent = field(default_factory=Lent)
    _malformed: int = 0

    def __post_init__(self) -> None:
        self._standing = Standing("booth", OWN, self._budget, self.refusals)

    def restarted(self) -> None:
        """It is another process now, and counts from nothing; what was spent stays spent."""
        self._standing.restarted()
        self._told = Lent()

    def malformed(self, total: int, now: float) -> None:
        """`total` lines were no message at all, since the start (Decoder.refused)."""
        if total > self._malformed:
            self.refusals.count("malformed", now, total - self._malformed)
            self._malformed = total

    def admit(self, message: FromBooth, now: float) -> tuple[FromBooth, ...]:
        """A Lent that is admitted says what is new since the one before."""
        admitted = self._judge(message, now)
        if isinstance(admitted, Refused):
            self.refusals.count(admitted.reason, now)
            return ()
        return admitted

    def _judge(self, message: FromBooth, now: float) -> tuple[FromBooth, ...] | Refused:
        if message.source != "booth":
            return Refused("bad_source")
        match message:
            case State(state="ready" | "deaf"):
                return self._standing.take_state(message, now)
            case State():
                return Refused("out_of_order")
            case Closed():
                return self._standing.take_closed(message, now)
            case Lent():
                return self._lent(message, now)

    def _lent(self, told: Lent, now: float) -> tuple[Lent, ...] | Refused:
        both = zip(_counts(told), _counts(self._told), strict=True)
        news = [after - before for after, before in both]
        if not any(news):
            return ()
        if min(news) < 0:
            return Refused("out_of_order")
        if max(news) > _MOST:
            return Refused("long_number")
        if not self._budget.pay(_LENT_COST, now):
            return Refused("too_often")
        self._told = told
        return (lent(*map(two_figures, news)),)


def two_figures(count: int) -> int:
    """Rounded up: 101 is 110."""
    step = int("1".ljust(len(str(count)) - 1, "0"))
    return -(-count // step) * step


def lent(*counts: int) -> Lent:
    connections, written, spoken, woken, bytes_in, bytes_out = counts
    return Lent(
        connections=connections,
        written=written,
        spoken=spoken,
        woken=woken,
        bytes_in=bytes_in,
        bytes_out=bytes_out,
    )


def _counts(told: Lent) -> tuple[int, ...]:
    sums = (told.connections, told.written, told.spoken, told.woken)
    return (*sums, told.bytes_in, told.bytes_out)
