"""What senses hears: its microphone, recordings played once, or nothing. Pure."""

from dataclasses import dataclass, field

from hub.children import NOT_READY
from hub.settings import SoundSource


@dataclass
class SoundChoice:
    """`wanted`: by the settings; `samples`: the demo home plays its own while it has no microphone.
    `hears`: the last senses was started with what is chosen, for the hub was not muted.
    """

    wanted: SoundSource
    samples: bool = False
    hears: bool = False
    _now: SoundSource = field(init=False)

    def __post_init__(self) -> None:
        self._now = self.wanted

    @property
    def may_finish(self) -> bool:
        return self._now == "recordings"

    def start(self, *, muted: bool) -> SoundSource:
        """For a senses that begins: a muted one is started without a device."""
        self.hears = not muted
        return self._now if self.hears else "none"

    def play(self) -> None:
        """The recordings once more, from the next start on."""
        self._now = "recordings"

    def ended(self, status: int) -> bool:
        """Senses ended by itself; whether there is something else to try at once."""
        if self._now == "recordings" and status == 0:
            self._now = "none" if self.wanted == "recordings" else self.wanted
        elif status == NOT_READY and self.samples:
            self._now, self.samples = "recordings", False
            return True
        return False
