"""The owner's rules: the last that fits decides, none goes under the floor."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.asker import Asker
from hub.care.classes import Care
from hub.care.rules import CareRules, Hours, Occasion, Rule
from hub.care.verbs import Verb
from hub.services import Call
from intents.home import Entity
from tests.hub.care.things import GARAGE, HOME, LAMP, NIGHT, NOON, OVEN, SPEAKER, care

ANNA = Asker("voice", "Kitchen", "Anna")


def one(**fields: object) -> CareRules:
    return CareRules((Rule(Care.NEVER, **fields),))  # type: ignore[arg-type] # each as its field


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"entity": "switch.oven"},
        {"name": "oven"},
        {"area": "Kitchen"},
        {"area": "kitchen", "domain": "switch"},
        {"action": Verb.ON},
        {"hours": Hours(time(12), time(13))},
        {"speaker": "guest"},
        {"way": "voice"},
    ],
)
def test_a_rule_fits_where_all_that_it_says_is_so(fields: dict[str, object]) -> None:
    assert care(OVEN, "turn_on", one(**fields)) is Care.NEVER


@pytest.mark.parametrize(
    "fields",
    [
        {"entity": "switch.other"},
        {"name": "Ove"},
        {"area": "Hallway"},
        {"name": "Oven", "domain": "light"},
        {"device_class": "outlet"},
        {"action": Verb.OFF},
        {"hours": Hours(time(13), time(12))},
        {"speaker": "known"},
        {"speaker": "Anna"},
        {"way": "mqtt"},
    ],
)
def test_a_rule_that_does_not_fit_changes_nothing(fields: dict[str, object]) -> None:
    assert care(OVEN, "turn_on", one(**fields)) is Care.CONFIRM


def test_the_last_rule_that_fits_decides() -> None:
    rules = CareRules(
        (
            Rule(Care.CONFIRM, domain="light"),
            Rule(Care.FREE, name="Lamp"),
            Rule(Care.NEVER, name="Lamp", hours=Hours(time(22), time(6))),
        )
    )
    assert care(LAMP, "turn_on", rules, now=NOON) is Care.FREE
    assert care(LAMP, "turn_on", rules, now=NIGHT) is Care.NEVER


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (("cover.blind",), Care.FREE),
        (("cover.blind", "cover.garage"), Care.NEVER),
        (("cover.unseen_garage_door",), Care.NEVER),
        (("cover.outer", "lock.front"), Care.FREE),
        ((), Care.FREE),
    ],
)
def test_a_group_takes_the_care_of_the_strictest_of_its_members(
    members: tuple[str, ...], expected: Care
) -> None:
    group = Entity("cover.all", "All Covers", "cover", attributes={"entity_id": members})
    assert care(group, "open_cover") is expected
    assert care(group, "close_cover") is Care.FREE


def test_groups_within_groups_even_in_a_ring() -> None:
    inner = Entity("cover.in", "In", "cover", attributes={"entity_id": ("cover.out", GARAGE.id)})
    outer = Entity("cover.out", "Out", "cover", attributes={"entity_id": ("cover.in",)})
    home = replace(HOME, entities=(*HOME.entities, inner, outer))
    call = Call("cover", "open_cover", (outer,))
    assert CareRules().judge(call, outer, Occasion(home, SPEAKER, NOON)).care is Care.NEVER


def test_a_rule_that_fits_nothing_is_found() -> None:
    rules = CareRules(
        (Rule(Care.CODE, name="Ovn"), Rule(Care.CODE), Rule(Care.CODE, area="Cellar"))
    )
    assert rules.idle(HOME) == (0, 2)


def test_whom_nobody_knows_is_a_guest() -> None:
    guest, known = one(speaker="guest"), one(speaker="known")
    assert care(LAMP, "turn_on", guest, SPEAKER) is Care.NEVER
    assert care(LAMP, "turn_on", guest, ANNA) is Care.FREE
    assert care(LAMP, "turn_on", known, ANNA) is Care.NEVER
    assert care(LAMP, "turn_on", one(speaker="anna"), ANNA) is Care.NEVER
    assert care(LAMP, "turn_on", one(speaker="Ben"), ANNA) is Care.FREE


def test_a_toggle_takes_the_stricter_of_what_it_may_do() -> None:
    off_is_free = CareRules((Rule(Care.FREE, name="Oven", action=Verb.OFF),))
    assert care(OVEN, "toggle", off_is_free) is Care.CONFIRM
    assert care(GARAGE, "toggle", CareRules((Rule(Care.FREE),))) is Care.CODE


@given(st.times(), st.times(), st.times())
def test_hours_over_midnight_are_those_that_the_others_leave(
    first: time, last: time, now: time
) -> None:
    if first != last:
        assert Hours(first, last).hold(now) != Hours(last, first).hold(now)


SERVICES = {
    "lock": ("lock", "unlock", "open", "toggle", "turn_off"),
    "cover": ("open_cover", "close_cover", "toggle", "set_cover_position", "stop_cover"),
    "alarm_control_panel": ("alarm_disarm", "alarm_arm_away", "alarm_arm_night", "alarm_trigger"),
}
ONOFF = ("turn_on", "turn_off", "toggle")
THINGS = st.sampled_from(HOME.entities)
MOMENTS = st.times().map(lambda now: NOON.replace(hour=now.hour, minute=now.minute))
ASKERS = st.builds(
    Asker,
    st.sampled_from(["voice", "typed", "mqtt", "timer"]),
    st.sampled_from([None, "Kitchen", "Hallway"]),
    st.sampled_from([None, "Anna", "Ben"]),
)
RULES = st.builds(
    Rule,
    st.sampled_from(Care),
    name=st.sampled_from([None, *(thing.name for thing in HOME.entities)]),
    area=st.sampled_from([None, "Kitchen", "Hallway", "Garage"]),
    domain=st.sampled_from([None, "lock", "cover", "switch", "light"]),
    action=st.none() | st.sampled_from(Verb),
    hours=st.none() | st.builds(Hours, st.times(), st.times()),
    speaker=st.sampled_from([None, "guest", "known", "Anna"]),
    way=st.sampled_from([None, "voice", "timer"]),
)


@st.composite
def acts(draw: st.DrawFn) -> tuple[Entity, Call]:
    thing = draw(THINGS)
    service = draw(st.sampled_from(SERVICES.get(thing.domain, ONOFF)))
    data = {"position": draw(st.integers(0, 100))} if service == "set_cover_position" else {}
    return thing, Call(thing.domain, service, (thing,), data)


@given(acts(), st.lists(RULES, max_size=6), RULES, st.data(), ASKERS, MOMENTS)
def test_a_stricter_rule_never_loosens_wherever_it_stands(
    act: tuple[Entity, Call],
    rules: list[Rule],
    added: Rule,
    data: st.DataObject,
    asker: Asker,
    now: datetime,
) -> None:
    thing, call = act
    place = data.draw(st.integers(0, len(rules)))
    before = _care(thing, call, rules, asker, now)
    after = _care(thing, call, [*rules[:place], added, *rules[place:]], asker, now)
    if added.care >= before:
        assert after >= before


@given(acts(), st.lists(RULES, max_size=6), ASKERS, MOMENTS)
def test_no_rules_go_under_the_floor(
    act: tuple[Entity, Call], rules: list[Rule], asker: Asker, now: datetime
) -> None:
    """Said anew, without the code's own tables: what opens a house takes a code."""
    thing, call = act
    closes = call.service in ("lock", "close_cover", "stop_cover")
    closes |= call.service == "set_cover_position" and call.data["position"] == 0
    if thing.id in ("lock.front", "lock.back", "cover.garage") and not closes:
        assert _care(thing, call, rules, asker, now) >= Care.CODE
    if thing.domain == "alarm_control_panel":
        assert _care(thing, call, rules, asker, now) >= Care.CODE


def _care(thing: Entity, call: Call, rules: list[Rule], asker: Asker, now: datetime) -> Care:
    return care(thing, call.service, CareRules(tuple(rules)), asker, now, call.data)
