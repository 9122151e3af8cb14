"""What is kept of a mute, and what the settings may name."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from hub.button.kept import Kept
from hub.button.section import ButtonSection


def test_a_mute_at_the_machine_is_kept_and_no_other(tmp_path: Path) -> None:
    told: list[str] = []
    file = tmp_path / "state" / "muted"

    def again() -> Kept:
        return Kept(file, told.append)

    assert again().by is None
    again().keep("machine")
    assert again().by == "machine"
    again().keep("page")
    assert again().by is None
    again().keep("machine")
    again().keep(None)
    assert (again().by, told) == (None, [])


def test_without_a_button_nothing_is_kept() -> None:
    kept = Kept(None, pytest.fail)
    kept.keep("machine")
    assert kept.by is None


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "state").touch()
    Kept(tmp_path / "state" / "muted", told.append).keep("machine")
    assert len(told) == 1
    assert "forget" in told[0]


@pytest.mark.parametrize("light", ["../gpio", "a/b", ".", "..", "", "two words"])
def test_a_light_is_a_name_and_no_path(light: str) -> None:
    with pytest.raises(ValidationError):
        ButtonSection(light=light)


@pytest.mark.parametrize("light", ["mute", "ACT", "platform::micmute", "input3::mute"])
def test_the_kernel_s_names_of_lights(light: str) -> None:
    assert ButtonSection(light=light).light == light
