"""The topic tree of one hub, and a message ready to be sent to it. Pure."""

import re
from dataclasses import dataclass

ONLINE = b"online"
OFFLINE = b"offline"

HERMES_SAYS = "hermes/tts/say"
HERMES_ASKS = "hermes/nlu/query"
_NODE = re.compile(r"[a-z0-9_]{1,32}")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class NodeNameError(ValueError):
    """The name of this hub cannot be part of a topic."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message out. A retained one is a state: only the newest of its topic counts.
    One that is not retained is an event: each counts. The payload is private.
    """

    topic: str
    payload: bytes
    retain: bool

    def __repr__(self) -> str:
        return f"Post({self.topic}, {len(self.payload)} bytes, retain={self.retain})"


@dataclass(frozen=True, slots=True)
class Topics:
    """`node` names one hub among several on a broker; `discovery` is Home Assistant's prefix.
    `hermes`: whether Rhasspy's topics are spoken too.
    """

    node: str
    discovery: str = "homeassistant"
    hermes: bool = False

    def __post_init__(self) -> None:
        if not _NODE.fullmatch(self.node):
            raise NodeNameError(
                f"mqtt node: found {self.node!r}; allowed: 1 to 32 of a-z, 0-9 and _"
            )

    @property
    def root(self) -> str:
        return f"inglenook/{self.node}"

    @property
    def availability(self) -> str:
        return f"{self.root}/availability"

    @property
    def birth(self) -> str:
        """Where Home Assistant says that it has started (its own default)."""
        return f"{self.discovery}/status"

    @property
    def subscriptions(self) -> tuple[str, ...]:
        root = self.root
        own = (f"{root}/set/#", f"{root}/cmd/#", f"{root}/home/+/set", self.birth)
        return (*own, HERMES_SAYS, HERMES_ASKS) if self.hermes else own

    def under(self, place: str) -> str:
        """`place` as in payloads.OUT and payloads.IN, for example "state/assist"."""
        return f"{self.root}/{place}"

    def place(self, topic: str) -> str | None:
        """What comes after the root; None for a topic that is not of this hub."""
        place = topic.removeprefix(f"{self.root}/")
        return None if place == topic else place

    def device(self, object_id: str, leaf: str) -> str:
        return f"{self.root}/home/{object_id}/{leaf}"

    def config(self, object_id: str | None = None) -> str:
        """Discovery topic of the hub itself, or of a simulated device of its home."""
        name = f"inglenook_{self.node}" + (f"_{object_id}" if object_id else "")
        return f"{self.discovery}/device/{name}/config"


def object_id(name: str) -> str:
    """Any entity id as one topic level: a-z, 0-9 and _ stay, a dot becomes _, others -hex-.

    Different ids stay different, but for a dot and a _ at the same place.
    """
    return "".join(c if c in _PLAIN else "_" if c == "." else f"-{ord(c):x}-" for c in name)
