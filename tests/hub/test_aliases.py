"""Names that were learned: kept, listed, removed, and never in the way of the home's own."""

import stat
from pathlib import Path

import pytest

from hub.aliases import MOST, Alias, Aliases, AliasRefused, with_aliases
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from hub.homes.taught import TaughtHome
from intents.home import Area, Entity, Floor, Home, called
from tests.hub.running import RunningHub, wait_until

LAMP = Entity("light.lamp", "Reading Lamp", "light", area="den")
SOCKET = Entity("switch.socket", "Oven", "switch")
HOME = Home(
    floors=(Floor("up", "Upstairs"),),
    areas=(Area("den", "Den"),),
    entities=(
        LAMP,
        SOCKET,
        Entity("lock.front", "Front", "lock"),
        Entity("cover.garage", "Carport", "cover", attributes={"device_class": "garage"}),
        Entity("cover.blind", "Blind", "cover", attributes={"device_class": "blind"}),
        Entity("alarm_control_panel.a", "Guard", "alarm_control_panel"),
        Entity("switch.opener", "Door Opener", "switch"),
        Entity("script.gate", "Open the gate", "script"),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "aliases.json"


def test_a_name_is_kept_for_its_owner_alone_and_found_again(file: Path) -> None:
    aliases = Aliases(file)
    aliases.teach("book light", "light.lamp", HOME)
    aliases.teach("study", "den", HOME)
    again = Aliases(file)
    assert again.all == (Alias("book light", "light.lamp"), Alias("study", "den"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    taught = with_aliases(HOME, again.all)
    assert called(taught.entities[0], "Book Light")
    assert called(taught.areas[0], "study")
    assert [e.id for e in taught.entities] == [e.id for e in HOME.entities]
    assert "book" not in repr(again.all)


def test_a_name_can_come_to_mean_another_thing_and_be_removed(file: Path) -> None:
    aliases = Aliases(file)
    aliases.teach("it there", "light.lamp", HOME)
    aliases.teach("It There", "cover.blind", HOME)
    assert aliases.all == (Alias("It There", "cover.blind"),)
    assert aliases.remove("it there")
    assert not aliases.remove("it there")
    assert Aliases(file).all == ()


@pytest.mark.parametrize(
    ("phrase", "target"),
    [
        ("blind", "light.lamp"),
        ("Upstairs", "light.lamp"),
        ("den", "light.lamp"),
        ("reading lamp", "den"),
        ("sesame", "lock.front"),
        ("sesame", "cover.garage"),
        ("sesame", "alarm_control_panel.a"),
        ("sesame", "switch.opener"),
        ("door lamp", "switch.opener"),
        ("sesame", "script.gate"),
        ("desk lamp", "switch.opener"),
        ("sesame", "light.gone"),
        ("", "light.lamp"),
        ("x" * 81, "light.lamp"),
    ],
)
def test_what_is_refused(file: Path, phrase: str, target: str) -> None:
    aliases = Aliases(file)
    with pytest.raises(AliasRefused):
        aliases.teach(phrase, target, HOME)
    assert aliases.all == ()
    assert not file.exists()


def test_what_does_not_fit_the_home_any_more_is_kept_but_not_in_use() -> None:
    learned = (Alias("book light", "light.gone"), Alias("blind", "light.lamp"))
    assert with_aliases(HOME, learned) == HOME


def test_a_name_that_makes_a_thing_look_dangerous_or_harmless_is_not_in_use() -> None:
    learned = (Alias("garage door opener", "switch.socket"), Alias("lamp", "switch.opener"))
    assert with_aliases(HOME, learned) == HOME


def test_no_more_names_than_there_is_room_for(file: Path) -> None:
    aliases = Aliases(file)
    aliases.all = tuple(Alias(f"name {n}", "light.lamp") for n in range(MOST))
    with pytest.raises(AliasRefused):
        aliases.teach("one more", "light.lamp", HOME)
    aliases.teach("name 3", "cover.blind", HOME)
    assert len(aliases.all) == MOST


def test_a_damaged_file_is_put_aside_and_told(file: Path) -> None:
    file.write_text("[{")
    aliases = Aliases(file)
    assert aliases.all == ()
    assert "aliases.damaged" in aliases.problem
    assert file.with_suffix(".damaged").read_text() == "[{"


def test_a_taught_home_answers_to_both_names(file: Path) -> None:
    aliases = Aliases(file)
    there = TaughtHome(SimulatedHome(HOME), aliases)
    assert there.home is HOME
    aliases.teach("book light", "light.lamp", there.home)
    taught = there.home
    assert called(taught.entities[0], "book light")
    assert there.home is taught  # made once
    aliases.remove("book light")
    assert there.home is HOME


@pytest.mark.slow
@pytest.mark.usefixtures("models")
def test_the_running_hub_shows_and_forgets_them(tmp_path: Path) -> None:
    state = tmp_path / "hub" / "state"
    state.mkdir(parents=True)
    Aliases(state / "aliases.json").teach("sun", "light.kitchen_light", demo_home())
    settings = {"microphone": {"source": "none"}, "speaker": {"file": str(tmp_path / "out.wav")}}
    hub = RunningHub(tmp_path / "hub", settings)
    try:
        wait_until(lambda: hub.command("aliases").returncode == 0, 60, lambda: hub.said)
        assert hub.command("aliases").stdout.split() == ["sun", "Kitchen", "Light"]
        assert hub.command("ask", "--live", "turn on the sun").stdout.startswith("Turned on")
        assert hub.command("aliases", "remove", "moon").returncode == 1
        assert hub.command("aliases", "remove", "Sun").returncode == 0
        assert hub.command("aliases", "--json").stdout == "[]\n"
    finally:
        hub.stop()
