"""Cameras of a transcript's home: the real scene and switches; eyes that say what is written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from hub.config import Config
from hub.eyes.messages import Place, Seen
from hub.eyes.of_config import views
from hub.messages import State
from hub.sight.closing import Closing
from hub.sight.knowing import doors
from hub.sight.lane import Eyes, anybody_home
from hub.sight.showing import Showing
from hub.sight.sight import Sight
from intents.home import Home

_DOOR = [[0.3, 0.3], [0.7, 0.3], [0.7, 1.0]]
SETTINGS = {
    "cameras": {
        "porch": {
            "device": "/dev/video0",
            "area": "Hallway",
            "zones": {"front_door": {"corners": _DOOR, "objects": True}},
            "faces": ["Anna", "Ben"],
        },
        "driveway": {"device": "/dev/video1", "labels": ["person", "car"]},
        "landing": {"device": "/dev/video2", "area": "Office", "labels": ["person", "cat"]},
        "kitchen": {"device": "/dev/video3", "area": "Kitchen"},
        "kitchen_window": {"device": "/dev/video4", "area": "Kitchen"},
    }
}
CONFIG = Config.model_validate(SETTINGS)


@dataclass(frozen=True, slots=True)
class Shows:
    """What a camera does from now on: "porch: front_door person 1, left 1", "porch: blind"."""

    camera: str
    what: str


class Cameras:
    """`clock`: seconds, as the stage has them."""

    def __init__(self, clock: Callable[[], float], home: Callable[[], Home]) -> None:
        self._file = Path(mkdtemp(prefix="inglenook-transcript-")) / "cameras.json"
        self._clock, self._home = clock, home
        self._says: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        """A house that begins knows only what is kept in the file."""
        sight = Sight(
            doors(CONFIG),
            Closing(self._file, tuple(CONFIG.cameras)),
            lambda known: views(CONFIG, known),
            lambda _key, _message: None,
            lambda _message: None,
        )
        showing = Showing(CONFIG.cameras, lambda _key, _told: None)
        home, clock = self._home, self._clock
        self.eyes = Eyes(sight, showing, home, lambda _: None, lambda _: None, clock=clock)
        self.eyes.begin()

    def show(self, step: Shows) -> None:
        self._says[step.camera] = step.what
        self._tell(step.camera, step.what)

    def pass_time(self, time: float) -> None:
        """Each camera that watches says again what it sees; `time`: seconds since 1970."""
        home = anybody_home(self._home())
        from_now = self.eyes.sight.tick(self._clock(), time, anybody_home=home)
        for key, what in self._says.items():
            if key not in from_now or what != "blind":
                self._tell(key, what)

    def _tell(self, key: str, what: str) -> None:
        sight, now, name = self.eyes.sight, self._clock(), f"eye.{key}"
        if what == "silent":
            return
        if what == "blind":
            sight.hear(key, State(source=name, state="blind", reason="It is gone."), now)
            return
        sight.hear(key, Seen(source=name, places=tuple(_places(what, key))), now)


def _places(what: str, key: str) -> list[Place]:
    """From "front_door person 1, left 1, cat 2": a zone, then labels; the picture sees all."""
    counts: dict[str, dict[str, int]] = {"picture": {}}
    left: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    zones = CONFIG.cameras[key].zones
    zone = "picture"
    for words in (part.split() for part in what.split(",") if part.strip() != "nobody"):
        if words[0] in zones:
            zone = words.pop(0)
        if words[0] == "is":
            names.setdefault(zone, []).append(words[1])
            continue
        label, number = words[0], int(words[1])
        if label == "left":
            left[zone] = number
            continue
        counts.setdefault(zone, {})[label] = number
        counts["picture"][label] = max(number, counts["picture"].get(label, 0))
    return [
        Place(
            zone=each,
            counts=counts.get(each, {}),
            names=tuple(names.get(each, ())),
            left=left.get(each, 0),
        )
        for each in ("picture", *zones)
    ]
