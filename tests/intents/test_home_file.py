"""Homes from YAML and JSON, and what is said about wrong ones."""

import json
from pathlib import Path

import msgspec
import pytest

from intents.documents import DocumentError
from intents.home import Home, areas_called, called, round_left, where
from intents.home_file import HomeError, home_from, load, slug
from tests.intents.homes import typical

WHOLE = """
floors:
  - name: Ground Floor
areas:
  - name: Living Room
    aliases: [Lounge]
    floor: ground floor
  - name: Küche
    id: kitchen_1
entities:
  - {name: Lamp, domain: light, area: lounge, state: on}
  - {name: Lamp, domain: light, area: kitchen_1, state: off, attributes: {brightness: 3}}
  - {name: Gate, domain: cover, floor: Ground Floor, id: cover.main_gate}
  - {name: Shed Fan, domain: fan, area: Shed, aliases: [blower]}
timers:
  - {name: pizza, is_active: true, total_seconds_left: 190, start_minutes: 5}
media:
  - {title: The Office}
  - Queen
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "home.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_home(tmp_path: Path) -> None:
    home = load(write(tmp_path, WHOLE))
    lamp, second, gate, fan = home.entities
    assert (lamp.id, lamp.area, lamp.state) == ("light.lamp", "living_room", "on")
    assert (second.id, second.area, second.state) == ("light.lamp_2", "kitchen_1", "off")
    assert second.attributes == {"brightness": 3}
    assert (gate.id, gate.floor) == ("cover.main_gate", "ground_floor")
    assert [area.id for area in home.areas] == ["living_room", "kitchen_1", "shed"]
    assert fan.area == "shed"
    assert home.areas[0].floor == home.floors[0].id
    assert home.timers[0].rounded_minutes_left == 3
    assert home.media == ("The Office", "Queen")


def test_names_and_places() -> None:
    home = typical()
    assert called(home.areas[0], " kitchen ")
    assert areas_called(home, "Cellar") == ()
    spot = where(home, "office")
    assert spot is not None
    assert spot.name == "Office"
    assert where(home, None) is None
    assert slug("Küche 2 (neu)") == "kuche_2_neu"


def test_an_empty_file_is_refused_and_an_empty_home_is_not(tmp_path: Path) -> None:
    assert home_from({}) == Home()
    with pytest.raises(DocumentError, match="Expected `object`"):
        load(write(tmp_path, ""))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rooms: []", r"line 1, rooms: .*not known; allowed: floors, areas, entities"),
        (
            "entities:\n- name: A\n  domain: light\n  colour: red",
            r"line 4, entities\[0\].colour: .*allowed: name, domain, id, aliases, area, floor",
        ),
        ("entities:\n- name: A", r"line 2, entities\[0\]: .*missing required field `domain`"),
        ("areas:\n- name: A\n- name: 5", r"line 3, areas\[1\].name: Expected `str`, got `int`"),
        ("areas:\n- name: ''", r"line 2, areas\[0\].name: .*length >= 1"),
        ("media:\n- titel: A", r"media\[0\].titel: .*allowed: title"),
        (
            "entities:\n- {name: A, domain: light, id: a.b}\n- {name: B, domain: light, id: a.b}",
            r"line 3, entities\[1\].id: 'a.b' is there twice",
        ),
        ("areas: [", "is not plain YAML"),
        ("areas: !!python/object:os.system {}", "is not plain YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        load(write(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        load(tmp_path / "none.yaml")


def test_a_wrong_object_is_refused() -> None:
    with pytest.raises(
        HomeError, match=r"\$\.areas\[0\]\.flor: .*allowed: name, id, aliases, floor"
    ):
        home_from({"areas": [{"name": "A", "flor": "B"}]})


def test_published_homes_are_read(data: Path) -> None:
    for line in (data / "text" / "ha_intents_en.jsonl").read_text(encoding="utf-8").splitlines():
        given = json.loads(line)["home"]
        assert len(home_from(given).entities) == len(given.get("entities", []))


def test_a_large_home_crosses_the_pipe() -> None:
    """1,000 entities in one line of at most 1 MB (handbook: interfaces)."""
    home = home_from(
        {
            "areas": [{"name": f"Room {n}"} for n in range(50)],
            "entities": [
                {
                    "name": f"Reading lamp number {n}",
                    "domain": "light",
                    "area": f"Room {n % 50}",
                    "aliases": [f"lamp {n} by the window"],
                    "state": "on",
                    "attributes": {
                        "brightness": 128,
                        "supported_color_modes": ["hs", "color_temp"],
                    },
                }
                for n in range(1000)
            ],
        }
    )
    line = msgspec.json.encode(home)
    assert len(line) < 1_000_000
    assert msgspec.json.decode(line, type=Home) == home


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (190, (0, 3, 0)),
        (100, (0, 1, 30)),
        (110, (0, 2, 0)),
        (55, (0, 1, 0)),
        (47, (0, 0, 40)),
        (9, (0, 0, 9)),
        (3600 + 25 * 60, (1, 30, 0)),
        (3600 + 50 * 60, (2, 0, 0)),
        (3600 + 10 * 60, (1, 0, 0)),
    ],
)
def test_what_is_left_is_rounded_as_one_says_it(seconds: int, spoken: tuple[int, int, int]) -> None:
    assert round_left(seconds) == spoken
