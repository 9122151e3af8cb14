"""What senses is told of the home: its names and the sensitivity, anew where either has changed."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.conversation import Conversation
from hub.door.door import SensesDoor
from hub.grammars import names_of
from hub.messages import HomeLine, Settings, ToSenses
from intents.home import Home


@dataclass
class Introducing:
    """`tell` writes to senses; `note` is what its owner should read."""

    conversation: Conversation
    door: SensesDoor
    tell: Callable[[ToSenses], None]
    note: Callable[[str], None]
    _told: Home | None = None
    _idle: tuple[int, ...] = ()

    def introduce(self, sensitivity: float) -> None:
        """Tell a new senses, which knows nothing, the names of this home and its settings."""
        self._told = None
        self.home_changed()
        self.tell(Settings(sensitivity=sensitivity))

    def home_changed(self) -> None:
        """Tell senses where the names of the home have changed; states are not its business.

        It begins to listen when it is first told: not before there is anything to tell.
        """
        if not self.conversation.backend.known:
            return
        home = names_of(self.conversation.backend.home)
        if home != self._told:
            self._told = home
            self.door.learn(home)
            self.tell(HomeLine(home=home))
            self._mention_rules(home)

    def _mention_rules(self, home: Home) -> None:
        """A rule of care that fits nothing would be missed by nobody; told once."""
        idle = self.conversation.granting.rules.idle(home)
        for number in idle if idle != self._idle else ():
            self.note(f"care.rules.{number} fits nothing in this home.")
        self._idle = idle
