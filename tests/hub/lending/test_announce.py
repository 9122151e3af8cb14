"""What avahi is given to announce: what others reach, as the settings have it now."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from hub.__main__ import main

OPEN = {"listen": "0.0.0.0"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "services"
    made.mkdir()
    return made


def announce(folder: Path, name: str = "Inglenook", **wyoming: object) -> int:
    settings = folder.with_name("inglenook.yaml")
    settings.write_text(yaml.safe_dump({"name": name, "wyoming": wyoming}, allow_unicode=True))
    return main(["announce", "--config", str(settings), "--folder", str(folder)])


def told(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    """By file: name, protocol, type, port."""
    found = {}
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o644
        group = ET.fromstring(file.read_text())
        service = group.find("service")
        assert service is not None
        words = (group.findtext("name"), service.get("protocol"))
        rest = (service.findtext("type"), service.findtext("port"))
        found[file.name] = tuple(map(str, (*words, *rest)))
    return found  # type: ignore[return-value]


def test_it_stays_as_the_settings_are(folder: Path) -> None:
    speech = {**OPEN, "port": 1234}
    assert announce(folder, listen="0.0.0.0", speech=speech) == 0
    assert told(folder) == {
        "inglenook.service": ("Inglenook", "ipv4", "_wyoming._tcp", "10700"),
        "inglenook-speech.service": ("Inglenook speech", "ipv4", "_wyoming._tcp", "1234"),
    }
    assert announce(folder, speech=speech) == 0
    assert list(told(folder)) == ["inglenook-speech.service"]
    assert announce(folder, speech={}) == 0
    assert told(folder) == {}


def test_what_did_not_change_is_not_written(folder: Path) -> None:
    """Avahi would take it back for a moment."""
    announce(folder, listen="0.0.0.0")
    [file] = folder.iterdir()
    before = file.stat().st_ino
    announce(folder, listen="0.0.0.0")
    assert file.stat().st_ino == before


def test_at_the_end_only_ours_are_removed(folder: Path) -> None:
    (folder / "ssh.service").write_text("")
    announce(folder, listen="0.0.0.0", speech=OPEN)
    assert main(["announce", "--stop", "--folder", str(folder)]) == 0
    assert [each.name for each in folder.iterdir()] == ["ssh.service"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Hub & <home>", "Hub & <home>"), ("%h", "%h"), ("ö" * 80, "ö" * 31)],
)
def test_a_name_is_told_as_it_is_and_fits(folder: Path, name: str, shown: str) -> None:
    announce(folder, name, listen="::")
    assert told(folder) == {"inglenook.service": (shown, "ipv6", "_wyoming._tcp", "10700")}


def test_without_avahi_it_says_what_to_install(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.rmdir()
    assert announce(folder, speech=OPEN) == 1
    assert "Install avahi-daemon" in capsys.readouterr().err
    assert announce(folder, speech={}) == 0  # and nothing is missing where nothing is lent
