"""The house's part of the satellites, made from the settings."""

import time
from collections.abc import Callable

from hub.config import Config
from hub.door.satellites import SatelliteDoor
from hub.guard import Guard
from hub.household import Household
from hub.publisher import Publisher
from hub.satellites.lane import Satellites, Wires
from integrations.payloads import SatelliteState


def make_satellites(
    config: Config,
    guard: Guard,
    publisher: Publisher,
    household: Household,
    tell: Callable[[str], None],
) -> Satellites | None:
    """None where there are none."""
    if not config.satellites:
        return None
    doors = {key: SatelliteDoor(key) for key in config.satellites}
    guard.watch(*(door.refusals for door in doors.values()))

    def sent(key: str, more: int) -> None:
        section = config.satellites[key]
        guard.ledger.carried(section.host, section.port, f"satellite {key}", more, time.time())

    wires = Wires(
        closed=guard.closed,
        sent=sent,
        connected=lambda there: publisher.state(SatelliteState(connected=dict(there))),
        spoken=household.note,
        tell=tell,
    )
    return Satellites(doors, household.voice, wires)
