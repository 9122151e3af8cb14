"""The house's work with its eyes: who is told what, and when cameras open by themselves."""

import asyncio
from pathlib import Path

import pytest

from hub.config import Config
from hub.eyes.messages import Outline, Place, Seen, Slow, ToEye
from hub.eyes.of_config import views
from hub.homes.demo import demo_home
from hub.messages import Presence, State, Watch
from hub.sight.closing import Closing
from hub.sight.knowing import doors
from hub.sight.lane import Eyes, anybody_home
from hub.sight.showing import Showing
from hub.sight.sight import Sight
from integrations.camera_payloads import CameraSeen, CameraState, Told
from intents.home import Entity, Home

CONFIG = Config.model_validate(
    {
        "area": "Kitchen",
        "cameras": {"inside": {"device": "/dev/video0", "area": "Kitchen"}},
        "listen": {"presence": True},
    }
)
NAME = "eye.inside"


class Stage:
    def __init__(self, folder: Path) -> None:
        self.now = 1_000.0
        self.to_eye: list[ToEye] = []
        self.watched: list[tuple[str, ...]] = []
        self.told: list[Told] = []
        self.referee: list[bool | None] = []
        home = demo_home()
        seen = Home(home.floors, home.areas, home.entities, views=views(CONFIG, home))
        sight = Sight(
            doors(CONFIG),
            Closing(folder / "cameras.json", tuple(CONFIG.cameras)),
            lambda _: seen.views,
            lambda _key, message: self.to_eye.append(message),
            lambda watch: self.watched.append(watch.cameras),
        )
        self.eyes = Eyes(
            sight,
            Showing(CONFIG.cameras, lambda _key, told: self.told.append(told)),
            lambda: seen,
            lambda _: None,
            lambda _: None,
            referee=self._presence,
            area="Kitchen",
            clock=lambda: self.now,
        )
        self.eyes.begin()

    def _presence(self, told: Presence) -> None:
        self.referee.append(told.anybody)

    def sees(self, people: int) -> None:
        counts = {"person": people} if people else {}
        seen = Seen(source=NAME, places=(Place(zone="picture", counts=counts),))
        if changed := self.eyes.sight.hear("inside", seen, self.now):
            self.eyes._told(changed)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_all_are_wanted_at_first_and_what_is_closed_is_not(stage: Stage) -> None:
    assert stage.watched == [("inside",)]
    stage.eyes.close(["inside"], "voice")
    assert stage.watched[-1:] == [()]
    assert stage.told[-1] == CameraState(condition="off", on=False, by="voice")
    stage.sees(1)
    assert not any(isinstance(each, CameraSeen) for each in stage.told)
    assert stage.eyes.open(["inside"], "mqtt")
    assert not stage.eyes.open(["inside"], "voice")
    assert stage.watched[-1:] == [("inside",)]


def test_senses_is_told_whether_anybody_is_there(stage: Stage) -> None:
    stage.sees(1)
    assert stage.referee[-1:] == [True]
    stage.sees(0)
    assert stage.referee[-1:] == [None]  # who has just gone may be behind the door
    stage.now += 90
    stage.sees(0)
    stage.eyes._referee()
    assert stage.referee[-1:] == [False]
    stage.now += 60
    stage.eyes._referee()
    assert stage.referee[-1:] == [None]


def test_speech_goes_first(stage: Stage) -> None:
    for assist in ("idle", "listening", "processing", "idle", "idle"):
        stage.eyes.spare(assist)
    assert stage.to_eye == [Slow(pace=0), Slow(pace=3), Slow(pace=0)]  # the first is a greeting


async def test_a_sketch_is_for_who_asked_and_once(stage: Stage) -> None:
    outline = Outline(source=NAME, width=8, height=1, bits="AA==")
    assert stage.eyes.sight.hear("inside", outline, stage.now) is None
    asked = asyncio.ensure_future(stage.eyes.outline("inside"))
    await asyncio.sleep(0)
    changed = stage.eyes.sight.hear("inside", outline, stage.now)
    assert changed
    stage.eyes._told(changed)
    assert await asked == outline
    assert stage.eyes.sight.hear("inside", outline, stage.now) is None


def test_another_camera_s_words_are_not_heard(stage: Stage) -> None:
    stranger = State(source="eye.other", state="blind", reason="x")
    assert stage.eyes.sight.hear("inside", stranger, stage.now) is None
    assert stage.eyes.sight.scene.cameras["inside"].condition == "starting"
    assert not stage.eyes.obey("other", on=False)


@pytest.mark.parametrize(
    ("states", "anybody"),
    [(["home", "not_home"], True), (["not_home"], False), ([], None), (["not_home", None], None)],
)
def test_who_is_at_home(states: list[str | None], anybody: bool | None) -> None:
    people = tuple(Entity(f"person.{n}", f"P{n}", "person", state=s) for n, s in enumerate(states))
    assert anybody_home(Home(entities=people)) is anybody


def test_a_camera_opens_by_itself(stage: Stage) -> None:
    stage.eyes.close(["inside"], "machine", 5_000.0)
    assert stage.eyes.sight.tick(stage.now, 4_999.0, anybody_home=None) == ()
    assert stage.eyes.sight.tick(stage.now, 5_000.0, anybody_home=None) == ("inside",)
    assert stage.watched[-1] == ("inside",)
    assert Watch(cameras=stage.watched[-1]).cameras == ("inside",)
