"""What the doctor asks a satellite: whether it is there, and is one."""

from hub.finding import Finding
from hub.satellites.section import SatelliteSection
from integrations.wyoming.description import described


async def satellite(key: str, section: SatelliteSection) -> Finding:
    """Also one that serves a hub meanwhile: it describes itself to everybody."""
    what, place = f"satellite {key}", f"{section.host}:{section.port}"
    try:
        found = await described(section.host, section.port)
    except (OSError, TimeoutError):
        advice = "Is it switched on, and does it listen (--uri tcp://0.0.0.0:10700)?"
        return Finding(what, "broken", f"nobody answers at {place}", advice)
    if found is None or found.satellite is None:
        advice = "Give the address of a satellite that speaks Wyoming."
        return Finding(what, "broken", f"what answers at {place} is no satellite", advice)
    return Finding(what, "works", f"answers at {place}")
