"""The bench of typed sentences judges rightly: same meanings are the same, other ones are not."""

import msgspec
import pytest

from bench.language.adjacent import SERVED, reason
from bench.language.brains import Meant, Said, Took
from bench.language.make_several import made
from bench.language.meaning import is_same
from bench.language.sentences import HERE, WRITTEN, Several, home, several
from bench.language.slurp import Row, SlurpEntity, fits, rows
from bench.language.speed import grown
from intents.targets import Miss, targets
from intents.wishes import Slot, Wish


def meant(intent: str, /, **slots: Slot) -> Meant:
    return Meant(Wish(intent, slots))


LAMP = meant("HassTurnOff", name="Floor Lamp")
MILK = meant("HassListAddItem", name="Shopping List", item="milk")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([LAMP], [meant("HassTurnOff", name="lamp")]),
        ([LAMP], [LAMP, LAMP]),
        (
            [meant("HassTurnOff", area="Bathroom", domain="light")],
            [
                meant("HassTurnOff", name="Mirror Light"),
                meant("HassTurnOff", name="Bathroom Light"),
            ],
        ),
        ([meant("HassTurnOn", name="Vacuum")], [meant("HassVacuumStart")]),
        ([meant("HassStartTimer", minutes=90)], [meant("HassStartTimer", hours=1, minutes=30)]),
        (
            [meant("HassShoppingListAddItem", item="Milk")],
            [meant("HassListAddItem", item="milk", name="Shopping")],
        ),
        (
            [meant("HassLightSet", name="Lamp", brightness_step=-15)],
            [meant("HassLightSet", name="Floor Lamp", brightness_step="down")],
        ),
    ],
)
def test_two_ways_to_mean_one_thing(one: list[Meant], other: list[Meant]) -> None:
    assert is_same(one, other, home(), None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([LAMP], [meant("HassTurnOn", name="Floor Lamp")]),
        ([LAMP], []),
        ([MILK], [MILK, MILK]),
        ([LAMP], [LAMP, meant("HassTurnOff", name="TV")]),
        ([LAMP], [Meant(LAMP.wish, {"minutes": 5})]),
        ([Meant(LAMP.wish, {"minutes": 6})], [Meant(LAMP.wish, {"minutes": 5})]),
        ([meant("HassStartTimer", minutes=5)], [meant("HassStartTimer", seconds=5)]),
        (
            [meant("HassVacuumCleanArea", area="Kitchen")],
            [meant("HassVacuumCleanArea", area="Hallway")],
        ),
        (
            [meant("HassLightSet", name="Lamp", brightness_step=15)],
            [meant("HassLightSet", name="Lamp", brightness_step="down")],
        ),
        (
            [meant("HassLightSet", name="Lamp", brightness_step=15)],
            [meant("HassLightSet", name="Lamp", brightness_step=20)],
        ),
    ],
)
def test_other_things_are_not_the_same(one: list[Meant], other: list[Meant]) -> None:
    assert not is_same(one, other, home(), None)


@pytest.mark.parametrize(
    ("label", "entities", "understood", "right"),
    [
        ("iot_coffee", [], meant("HassTurnOn", name="Coffee Maker"), True),
        ("iot_coffee", [], meant("HassTurnOn", name="Kettle"), False),
        ("iot_hue_lightoff", [("house_place", "bed room")], LAMP, False),
        (
            "iot_hue_lightoff",
            [("house_place", "bed room")],
            meant("HassTurnOff", name="Bedside Lamp"),
            True,
        ),
        ("iot_hue_lightdim", [], meant("HassLightSet", brightness_step=-10), True),
        ("iot_hue_lightup", [], meant("HassLightSet", brightness_step=-10), False),
        (
            "iot_hue_lightchange",
            [("color_type", "blue")],
            meant("HassLightSet", color="red"),
            False,
        ),
        ("iot_wemo_on", [("device_type", "smart plug")], meant("HassTurnOn", name="Wemo"), True),
        ("iot_wemo_on", [("device_type", "smart plug")], meant("HassTurnOn", name="TV"), False),
        ("iot_cleaning", [("date", "today")], meant("HassVacuumStart"), False),
        (
            "iot_cleaning",
            [("date", "today")],
            Meant(Wish("HassVacuumStart", {}), {"time": "13:00"}),
            True,
        ),
    ],
)
def test_slurps_labels(
    label: str, entities: list[tuple[str, str]], understood: Meant, *, right: bool
) -> None:
    row = Row(1, "", label, tuple(SlurpEntity(*each) for each in entities))
    assert fits(row, understood) is right


@pytest.mark.usefixtures("data")
def test_every_row_beside_the_home_is_served_or_has_its_reason() -> None:
    found = rows("slurp_home_adjacent.jsonl")
    served = [row for row in found if reason(row) is None]
    assert 150 < len(served) < len(found)
    assert {row.intent for row in served} == set(SERVED)


def test_the_sentences_from_templates_are_those_of_the_script() -> None:
    lines = (HERE / WRITTEN[0]).read_text(encoding="utf-8").splitlines()
    assert [msgspec.json.decode(line, type=Several) for line in lines] == list(made())


def test_every_label_means_something_in_the_home_and_judges_itself_right() -> None:
    sentences = several(*WRITTEN)
    assert len({each.text for each in sentences}) == 300
    for each in sentences:
        assert len(each.label) > 1
        for part in each.label:
            assert not isinstance(targets(part.wish, home(), each.area), Miss), each.text
        assert each.fits(Said((), each.label, acts=True, asks=False, took=Took()))
        assert not each.fits(Said((), each.label[1:], acts=True, asks=False, took=Took()))


@pytest.mark.parametrize("entities", [50, 1000])
def test_a_grown_home_has_that_many_things_of_different_names(entities: int) -> None:
    names = [each.name for each in grown(entities).entities]
    assert len(names) == len(set(names)) == entities
