"""The wires of one run: a house between a broker and an internet that is not one.

    lan (broker, camera, satellite) ===lan0=== house ===wan0=== inet (answers for all)

The house's default route, for IPv4 and IPv6, leads to inet. Neighbours are written down, so that
nobody need ask for them: a house that says nothing sends nothing, and the rule can be zero.
"""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from hub.proof.addresses import BROKER, CAMERA, GATEWAY, LAN_MACS, SATELLITE, WAN_MACS
from hub.proof.enclosure import CannotProve, program

_SETTLING = 1.0
"""Seconds in which the kernel tells the links about its multicast groups."""
_LAN_6, _WAN_6 = "fd77::", "2001:db8::"

_HOUSE = f"""
link set lo up
link set lan0 addrgenmode none up
link set wan0 addrgenmode none up
addr add 192.168.77.2/24 dev lan0
addr add 192.0.2.2/24 dev wan0
addr add {_LAN_6}2/64 dev lan0 nodad
addr add {_WAN_6}2/64 dev wan0 nodad
neigh add {BROKER} lladdr {LAN_MACS[1]} dev lan0 nud permanent
neigh add {CAMERA} lladdr {LAN_MACS[1]} dev lan0 nud permanent
neigh add {SATELLITE} lladdr {LAN_MACS[1]} dev lan0 nud permanent
neigh add {_LAN_6}1 lladdr {LAN_MACS[1]} dev lan0 nud permanent
neigh add {GATEWAY} lladdr {WAN_MACS[1]} dev wan0 nud permanent
neigh add {_WAN_6}1 lladdr {WAN_MACS[1]} dev wan0 nud permanent
route add default via {GATEWAY}
route add default via {_WAN_6}1
"""
_LAN = f"""
link set lo up
link set lan0 addrgenmode none up
addr add {BROKER}/24 dev lan0
addr add {CAMERA}/24 dev lan0
addr add {SATELLITE}/24 dev lan0
addr add {_LAN_6}1/64 dev lan0 nodad
neigh add 192.168.77.2 lladdr {LAN_MACS[0]} dev lan0 nud permanent
neigh add {_LAN_6}2 lladdr {LAN_MACS[0]} dev lan0 nud permanent
"""
_INET = f"""
link set lo up
link set wan0 addrgenmode none up
addr add {GATEWAY}/24 dev wan0
addr add {_WAN_6}1/64 dev wan0 nodad
neigh add 192.0.2.2 lladdr {WAN_MACS[0]} dev wan0 nud permanent
neigh add {_WAN_6}2 lladdr {WAN_MACS[0]} dev wan0 nud permanent
route add local 0.0.0.0/0 dev lo
route add local ::/0 dev lo
"""


@dataclass(frozen=True, slots=True)
class Network:
    """Names of the three namespaces of one run."""

    house: str
    lan: str
    inet: str


def build(run: str) -> Network:
    """New wires, quiet when this returns. Raises CannotProve."""
    net = Network(f"{run}-house", f"{run}-lan", f"{run}-inet")
    for name in (net.house, net.lan, net.inet):
        _ip("netns", "add", name)
    _cable("lan0", (net.house, net.lan), LAN_MACS)
    _cable("wan0", (net.house, net.inet), WAN_MACS)
    for name, lines in ((net.lan, _LAN), (net.inet, _INET), (net.house, _HOUSE)):
        _ip("-n", name, "-batch", "-", lines=lines)
    time.sleep(_SETTLING)
    return net


def inside(name: str) -> tuple[str, ...]:
    """What to put before a command so that it runs in this namespace."""
    return program("nsenter"), f"--net={Path('/run/netns', name)}"


def _cable(name: str, places: tuple[str, str], macs: tuple[str, str]) -> None:
    """Two interfaces of one name, one in each place."""
    near, far = (("netns", place, "address", mac) for place, mac in zip(places, macs, strict=True))
    _ip("link", "add", name, *near, "type", "veth", "peer", "name", name, *far)


def _ip(*words: str, lines: str = "") -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [program("ip"), *words], input=lines, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotProve(
            f"The network for the proof cannot be built: ip {' '.join(words)} says: "
            f"{done.stderr.strip()}"
        )
