"""Intents of our own, and slots of ours beside Home Assistant's: closed, cheap, and only these."""

from dataclasses import replace

import pytest

from hub.door.capacity import home_of
from hub.door.language import LanguageForm, language_form
from hub.door.refusals import Reason, Refused
from hub.door.vocabulary import Vocabulary
from hub.door.wishes import price_all
from hub.messages import Heard, WishLine
from intents.own import ADDED, OWN
from tests.hub.door.sessions import HOME, door, heard, wake, wish

NAME, AREA = HOME.entities[0].name, HOME.areas[0].name
LANGUAGES = ("en", "de", "fr", "es", "it", "nl")


@pytest.mark.parametrize(
    "told",
    [
        wish("HubUndo"),
        wish("HubSetAlarm", time="06:45", date="tomorrow", repeat="weekdays", name="work"),
        wish("HubSetReminder", minutes=600, message="take out the bins"),
        wish("HubSchedule", event="sunset", conversation_command=f"turn off the {NAME}"),
        wish("HubMore", direction="up", amount="little"),
        wish("HubPick", relation="and", area=AREA),
        wish("HubPick", ordinal=2),
        wish("HassTurnOff", name="all", domain="light", **{"except": NAME, "except_2": AREA}),
        wish("HassTurnOff", reference="it"),
        wish("HassToggle", name=NAME),
        wish("HassLightSet", area=AREA, brightness_step=-20),
        wish("HassSetPosition", name=NAME, position_step=10),
        wish("HassVacuumReturnToBase", reference="it"),
        wish("HassGetState", "which", name="all", domain="lock", state="unlocked"),
    ],
    ids=lambda told: told.intent,
)
def test_our_own_wishes_pass(told: WishLine) -> None:
    knocked = door()
    knocked.admit(wake(), 0.0)
    (admitted, _) = knocked.admit(heard(told), 0.0)
    assert isinstance(admitted, Heard)
    assert admitted.wishes == (told,)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (wish("HubUndo", name=NAME), "unknown_slot"),
        (wish("HubUndo", "done"), "unknown_value"),
        (wish("HubSetAlarm", time="25:00"), "unknown_value"),
        (wish("HubSetAlarm", time="6:45"), "unknown_value"),
        (wish("HubPick", area="the old mill"), "unknown_value"),
        (wish("HubSchedule", event="sunset", conversation_command="hi you"), "unknown_value"),
        (wish("HassTurnOff", **{"except": "meet me at eight"}), "unknown_value"),
        (wish("HassTurnOff", brightness_step=5), "unknown_slot"),
        (wish("HassSetPosition", name=NAME), "unknown_slot"),
        (
            wish("HassShoppingListAddItem", "item_added", item="milk", reference="it"),
            "unknown_slot",
        ),
    ],
)
def test_what_is_not_ours_does_not(told: WishLine, reason: Reason) -> None:
    knocked = door()
    knocked.admit(wake(), 0.0)
    assert knocked.admit(heard(told), 0.0) == ()
    assert knocked.refusals.exact == {reason: 1}


def test_four_wishes_in_one_breath() -> None:
    knocked, told = door(), wish("HassTurnOff", reference="it")
    knocked.admit(wake(), 0.0)
    assert knocked.admit(heard(*[told] * 4), 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_them(language: str) -> None:
    known = language_form(language)
    assert OWN.keys() <= known.own.keys()
    assert ADDED.keys() <= known.own.keys() | known.intents.keys()
    assert all(known.intents[each].added == ADDED[each] for each in ADDED.keys() - known.own.keys())


def test_what_people_said_before_costs_hardly_more() -> None:
    """Two bits at most beside the same language without anything of ours."""
    home, language = home_of(50, 8), language_form("en")
    bare = {name: replace(form, added={}) for name, form in language.intents.items()}
    told = [wish("HassTurnOn", name=home.entities[0].name)]
    with_ours = price_all(told, Vocabulary(language, home), open_text=True)
    without = price_all(told, Vocabulary(LanguageForm(bare, language.texts), home), open_text=True)
    assert not isinstance(with_ours, Refused)
    assert not isinstance(without, Refused)
    assert without.bits < with_ours.bits <= without.bits + 2
