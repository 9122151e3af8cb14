"""Services announced in the network by avahi-daemon, which reads a file for each from a folder.

The format is that of its manual page avahi.service(5). Python's zeroconf would be a library with
another licence (LGPL) and a process more; avahi is there wherever the machine has a name of its
own in the network.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path("/etc/avahi/services")
_LONGEST = 63
"""Bytes of a name (RFC 6763)."""


@dataclass(frozen=True, slots=True)
class Service:
    """`file`: of its own; `name`: as people see it; `kind`: _wyoming._tcp and the like; `listen`:
    the address at which it listens.
    """

    file: str
    name: str
    kind: str
    listen: str
    port: int

    @property
    def xml(self) -> str:
        name = self.name.encode()[:_LONGEST].decode(errors="ignore")
        protocol = "ipv6" if ":" in self.listen else "ipv4"
        return f"""<?xml version="1.0" standalone="no"?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group>
  <name>{escape(name)}</name>
  <service protocol="{protocol}">
    <type>{self.kind}</type>
    <port>{self.port}</port>
  </service>
</service-group>
"""


def put(folder: Path, service: Service) -> None:
    """Avahi reads it at once. Raises OSError; FileNotFoundError where there is no avahi."""
    place = folder / service.file
    if place.is_file() and place.read_bytes() == service.xml.encode():
        return
    made = place.with_suffix(".new")
    made.unlink(missing_ok=True)
    # Never what somebody else has put there, or led there.
    fd = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(fd, "w") as out:
        os.fchmod(fd, 0o644)  # avahi reads it as a user of its own
        out.write(service.xml)
    made.replace(place)


def remove(folder: Path, files: Iterable[str]) -> None:
    """Those that are there. Raises OSError."""
    for file in files:
        (folder / file).unlink(missing_ok=True)
