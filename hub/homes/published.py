"""A home known by its settings file alone: automations that listen on MQTT do what is wished."""

from hub.services import Call
from hub.turn import Result
from intents.home import Entity, Home


class PublishedHome:
    granted: Result = "published"
    known = True
    age: float | None = None

    def __init__(self, home: Home) -> None:
        self.home = home

    async def call(self, call: Call) -> None:
        """Nothing to do: every wish is published with its slots."""

    async def items(self, _todo: Entity) -> tuple[str, ...]:
        """Nobody told."""
        return ()
