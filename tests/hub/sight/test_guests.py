"""What is not said before guests, and to whom it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.asker import Asker, Way
from hub.sight.granting import Looking
from hub.sight.guests import guests, is_private
from hub.sight.scene import CameraSeen, PlaceSeen, Scene
from intents.home import Area, Entity, Home, View
from intents.wishes import Wish
from tests.transcripts.cameras import Cameras

HOME = Home(
    areas=(Area("hall", "Hall"), Area("attic", "Attic")),
    entities=(Entity("lock.door", "Front Door", "lock"), Entity("light.a", "Lamp", "light")),
    views=(View("hall", "hall", area="hall"),),
)


def scene(people: int, *names: str, at: float = 100.0) -> Scene:
    place = PlaceSeen({"person": people}, names)
    return Scene({"hall": CameraSeen("watching", at=at, places={"picture": place})})


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (scene(0), False),
        (scene(1, "Anna"), False),
        (scene(1), True),
        (scene(2, "Anna"), True),
        (scene(0, at=10.0), True),
        (Scene({"hall": CameraSeen("blind")}), True),
        (Scene(), False),
    ],
)
def test_a_guest_is_who_has_no_name_and_in_doubt_there_is_one(seen: Scene, found: bool) -> None:
    assert guests(seen, HOME, "Hall", 101.0) is found
    assert not guests(seen, HOME, "Attic", 101.0)


@pytest.mark.parametrize(
    ("wish", "private"),
    [
        (Wish("HubListStatus", {}), True),
        (Wish("HassGetState", {"name": "Front Door", "state": "locked"}), True),
        (Wish("HassGetState", {"domain": "person", "state": "home"}), True),
        (Wish("HassGetState", {"name": "Lamp", "state": "on"}), False),
        (Wish("HassTurnOn", {"name": "Lamp"}), False),
        (Wish("HubIsAnyone", {}), False),
    ],
)
def test_what_is_private(wish: Wish, private: bool) -> None:
    assert is_private(wish, HOME) is private


@given(st.integers(0, 9), st.integers(0, 9))
def test_more_people_than_names_are_guests(people: int, named: int) -> None:
    names = [f"P{n}" for n in range(min(people, named))]
    assert guests(scene(people, *names), HOME, "Hall", 101.0) is (people > len(names))


@pytest.mark.parametrize(("way", "withheld"), [("voice", True), ("typed", False), ("mqtt", False)])
def test_only_what_is_asked_aloud_is_withheld(way: Way, withheld: bool) -> None:
    cameras = Cameras(lambda: 100.0, lambda: HOME)
    cameras.eyes.sight.scene.cameras["hall"] = scene(1).cameras["hall"]
    looking = Looking(cameras.eyes, "en", guest_aware=True, clock=lambda: 101.0)
    wish = Wish("HubListStatus", {})
    assert looking.withholds(wish, HOME, Asker(way, "Hall")) is withheld
    off = Looking(cameras.eyes, "en", clock=lambda: 101.0)
    assert not off.withholds(wish, HOME, Asker(way, "Hall"))
