"""What the house makes of what an eye says of itself."""

from pathlib import Path

from hub.door.eyes import EyeDoor, Known
from hub.eyes.messages import Place, Seen
from hub.messages import State
from hub.sight.closing import Closing
from hub.sight.sight import Sight

NAME = "eye.porch"


def test_it_watches_once_it_has_said_what_it_sees(tmp_path: Path) -> None:
    known = Known({"step": frozenset({"person"})}, {}, {})
    sight = Sight(
        {"porch": EyeDoor(NAME, known)},
        Closing(tmp_path / "cameras.json", ("porch",)),
        lambda _home: (),
        lambda _key, _message: None,
        lambda _watch: None,
    )
    sight.begin(0.0)
    someone = Seen(source=NAME, places=(Place(zone="step", counts={"person": 1}),))

    def condition() -> str:
        return sight.scene.cameras["porch"].condition

    sight.hear("porch", State(source=NAME, state="watching"), 1.0)
    assert condition() == "starting"
    changed = sight.hear("porch", someone, 2.0)
    assert changed is not None
    assert changed.state
    assert changed.seen
    assert condition() == "watching"
    sight.hear("porch", State(source=NAME, state="blind", reason="It is gone."), 3.0)
    sight.hear("porch", State(source=NAME, state="watching"), 4.0)
    assert condition() == "blind"
    changed = sight.hear("porch", someone, 5.0)
    assert changed is not None
    assert changed.seen
    assert condition() == "watching"
