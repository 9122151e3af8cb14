"""What is not said before guests, and to whom it is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.asker import Asker, Way
from hub.conversation import Means, conversation
from hub.eyes.of_config import views
from hub.homes.seeing import SeeingHome
from hub.phrases import phrase
from hub.sight.granting import Looking
from hub.sight.guests import guests, is_private
from hub.sight.scene import CameraSeen, PlaceSeen, Scene
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.store import Memory
from intents.answers import Answers
from intents.home import Area, Entity, Home, View
from intents.wishes import Wish
from tests.transcripts.cameras import CONFIG, Cameras, Shows
from tests.transcripts.stage import Stage, grammars, home_called

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
        (Wish("HubRepeat", {}), True),
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


async def test_what_was_said_to_one_is_not_repeated_to_a_guest() -> None:
    stage = Stage("en", home_called("house"), datetime(2026, 11, 26, 12, tzinfo=UTC))
    keeper = Timekeeper(Answers("en"), "en", Memory(), place=lambda: None)
    means = Means(
        keeper,
        now=lambda: stage.now,
        clock=stage.now.timestamp,
        why=lambda _: "Anna unlocked it.",
        eyes=stage.cameras.eyes,
        guest_aware=True,
    )
    talk = conversation(
        "en", SeeingHome(stage.home, lambda h: views(CONFIG, h)), grammars("en"), means
    )
    here = Asker("voice", "Kitchen")
    await talk.ask("what is on my shopping list", Asker("typed", "Kitchen"))
    for camera in ("kitchen", "kitchen_window"):
        stage.cameras.show(Shows(camera, "person 1"))
    for text in ("say that again", "what did you just do", "why"):
        turn = await talk.ask(text, here)
        assert turn.reply == phrase("guests", "en"), text
