"""A camera is believed when it says that nobody is there, and only then."""

from hypothesis import given
from hypothesis import strategies as st

from hub.sight.presence import anybody
from hub.sight.scene import CameraSeen, Condition, PlaceSeen, Scene
from intents.home import View
from vision.events import PICTURE

VIEWS = (View("hall", "hall", area="hall"), View("porch", "porch", area="porch"))


def seen(people: int, condition: Condition = "watching", at: float = 100.0) -> CameraSeen:
    places = {PICTURE: PlaceSeen({"person": people} if people else {})}
    return CameraSeen(condition, at=at, places=places)


def told(*cameras: CameraSeen, now: float = 101.0) -> bool | None:
    scene = Scene(dict(zip(("hall", "porch"), cameras, strict=False)))
    return anybody(scene, VIEWS, "hall", now)


def test_somebody_nobody_and_who_knows() -> None:
    assert told(seen(1)) is True
    assert told(seen(0)) is False
    assert told() is None
    assert told(seen(0), now=150.0) is None
    assert told(seen(0, "blind")) is None
    assert told(seen(0), seen(3)) is False
    assert anybody(Scene({"hall": seen(0)}), VIEWS, "attic", 101.0) is None


def test_who_has_just_gone_out_of_sight_may_still_be_there() -> None:
    gone = CameraSeen("watching", at=100.0, places=seen(0).places, last={PICTURE: 90.0})
    assert told(gone) is None
    assert told(CameraSeen("watching", at=100.0, places=seen(0).places, last={PICTURE: 1.0})) is (
        False
    )


@given(st.sampled_from(["starting", "blind", "off"]), st.floats(0, 1e6))
def test_a_camera_that_does_not_watch_is_no_referee(condition: Condition, now: float) -> None:
    assert told(seen(0, condition, at=now), now=now) is None
