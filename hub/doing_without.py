"""What the hub itself lacks, and satellites have: they are told instead, and it is looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.fields import MICROPHONE, Device
from hub.follow_up import FollowUp
from hub.messages import Seek


@dataclass
class DoingWithout:
    """`tell`: writes to the launcher."""

    follow_up: FollowUp
    tell: Callable[[Seek], None]
    _sought: tuple[Device, ...] = ()

    def look(self) -> None:
        """After each change of how things fare."""
        voice, missing = self.follow_up.voice, self.follow_up.status.missing
        if "loudspeaker" in missing:
            voice.left(MICROPHONE)
        else:
            voice.came(MICROPHONE)
        # A new process takes it up, which must not break off what is being said or heard.
        is_missed = not self.follow_up.status.satellites_alone
        sought = missing if is_missed and self.follow_up.is_quiet else ()
        if sought != self._sought:
            self._sought = sought
            self.tell(Seek(devices=sought))
