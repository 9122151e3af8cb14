"""The doctor says of button and light whether they are there, and opens neither."""

from hub.button.examining import button
from hub.button.kernel import lights
from hub.button.settings import ButtonSettings
from hub.config import Config
from hub.family import button_settings
from tests.hub.button.machine import KEYBOARD, Machine


def found(machine: Machine, mute: str, light: str) -> list[tuple[str, str, str]]:
    settings = ButtonSettings(mute=mute, light=light, root=str(machine.root))
    return [(each.verdict, each.detail, each.advice) for each in button(settings)]


def test_both_are_there(machine: Machine) -> None:
    machine.plug("event3", "button@11")
    machine.light("mute")
    assert found(machine, "button@11", "mute") == [
        ("works", "button@11", ""),
        ("works", "mute", ""),
    ]


def test_what_is_there_instead_is_told(machine: Machine) -> None:
    machine.plug("event0", "A Keyboard", KEYBOARD)
    machine.plug("event3", "button@11")
    machine.light("ACT")
    assert lights(machine.root) == ("ACT",)
    (verdict, detail, advice), light = found(machine, "button@17", "mute")
    assert (verdict, advice) == ("broken", "These are buttons: button@11.")
    assert "button@17 is not there" in detail
    assert light == ("broken", f"mute is not in {machine.root}/sys/class/leds", "These are: ACT.")


def test_a_keyboard_is_refused(machine: Machine) -> None:
    machine.plug("event0", "A Keyboard", KEYBOARD)
    (verdict, detail, advice), _ = found(machine, "A Keyboard", "mute")
    assert (verdict, "type" in detail) == ("broken", True)
    assert "docs/appliance.md" in advice


def test_without_settings_nothing_is_looked_for() -> None:
    assert list(button(button_settings(Config()))) == []
