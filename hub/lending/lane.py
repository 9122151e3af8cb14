"""The house's side of the booth: what it says of itself goes to wall, ledger and owner."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from hub.async_pipes import messages
from hub.control import LentLine
from hub.door.booth import BoothDoor
from hub.door.budget import until_next_moment
from hub.fields import UP_LIMIT
from hub.ledger.entries import Destination, Traffic
from hub.ledger.ledger import Ledger
from hub.lending.messages import FromBooth, Lent
from hub.lending.section import Speech
from hub.messages import Closed, State
from hub.pipes import Decoder
from hub.section import is_loopback

PURPOSE = "those whom ears and voice are lent"
_CLIENTS = "Wyoming clients"
"""The booth does not tell their addresses: they would say more than counts do."""


@dataclass
class Lending:
    """`closed`: takes what it says of its seal; `note`: how it fares; `tell`: what its owner should
    read. `done`: what it did since this house began, a little more than less. `announce`: tells
    those who may use it at which port it is, once it is ready; blocks for seconds.
    """

    place: Speech
    ledger: Ledger
    closed: Callable[[Closed], None]
    note: Callable[[State], None]
    tell: Callable[[str], None]
    door: BoothDoor = field(default_factory=BoothDoor)
    done: LentLine = field(default_factory=LentLine)
    announce: Callable[[int], None] | None = None

    async def run(self, fd: int) -> None:
        decoder = Decoder(msgspec.json.Decoder(FromBooth), UP_LIMIT)
        async for message in messages(fd, decoder):
            await asyncio.sleep(until_next_moment(time.monotonic()))
            now = time.monotonic()
            self.door.malformed(decoder.refused, now)
            for told in self.door.admit(message, now):
                self.take(told, time.time())
                if isinstance(told, State) and told.state == "ready":
                    await self._announce()

    def take(self, told: FromBooth, now: float) -> None:
        """`now`: seconds since 1970."""
        match told:
            case Closed():
                self.closed(told)
            case State():
                self.note(told)
                if told.state == "ready":
                    where = f"{self.place.listen}:{self.place.port}"
                    self.tell(f"Lends ears and voice by Wyoming at {where}.")
            case Lent():
                self.ledger.note(self._whom(), _traffic(told), now)
                self.done = LentLine(
                    written=self.done.written + told.written,
                    spoken=self.done.spoken + told.spoken,
                    woken=self.done.woken + told.woken,
                )

    async def _announce(self) -> None:
        if self.announce is not None and not is_loopback(self.place.listen):
            await asyncio.to_thread(self.announce, self.place.port)

    def _whom(self) -> Destination:
        """On this machine alone where nobody else can reach it."""
        address = "127.0.0.1" if is_loopback(self.place.listen) else _CLIENTS
        return Destination(address, self.place.port, way="from")


def _traffic(told: Lent) -> Traffic:
    return Traffic(told.connections, bytes_out=told.bytes_out, bytes_in=told.bytes_in)
