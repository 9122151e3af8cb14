"""In the house: whether the hub is muted, and who is told. The launcher has the last word."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hub.messages import Mute
from hub.mute import MuteSwitch, Place
from hub.status import Status
from integrations.payloads import MuteState


@dataclass
class Muting:
    """`launcher`, `publish`, `tell`: where a mute is done, published, and told to people."""

    status: Status
    launcher: Callable[[Mute], None]
    publish: Callable[[MuteState], None]
    tell: Callable[[str], None]
    _switch: MuteSwitch = field(default_factory=MuteSwitch)

    def turn(self, wanted: bool, place: Place) -> bool:  # noqa: FBT001 - on or off is what it is
        """Whether it is so now: a mute set at the machine is lifted only there."""
        switch = self._switch
        is_so = switch.turn(wanted, place)
        by = switch.by or place.word
        self.launcher(Mute(muted=switch.muted, by=by, presses=switch.presses))
        self.show()
        return is_so

    def restore(self, mute: Mute) -> None:
        """The launcher remembers for a house that is new, and tells when the button was pressed."""
        self._switch.restore(mute.muted, mute.by, mute.presses)
        self.show()
        if mute.pressed:
            state = "closed" if mute.muted else "open"
            self.tell(f"The button was pressed: the microphone is {state}.")

    def show(self) -> None:
        self.status.muted, self.status.muted_by = self._switch.muted, self._switch.by
        self.publish(MuteState(muted=self._switch.muted, by=self._switch.by))
