"""The house reaches the network; microphones, cameras and sound servers it does not even see."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.cage.children import inside


@pytest.fixture
def folder(root: None, tmp_path: Path) -> Iterator[Path]:
    """With a socket that a sound server would answer on; root furnishes a /dev."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "native"))
        server.listen()
        yield tmp_path


def test_it_sees_no_device_no_light_no_sound_server_and_no_enrolment(folder: Path) -> None:
    report = inside("devices", str(folder), module="house_inside").report
    assert report == {"level": "A", "keys": [], "devices": False, "server": False, "light": False}


def test_unsealed_it_would(folder: Path) -> None:
    report = inside("devices_in_sight", str(folder), module="house_inside").report
    assert report == {"devices": True, "server": True, "light": True}


def test_its_work_goes_on(tmp_path: Path) -> None:
    report = inside("works", str(tmp_path), module="house_inside").report
    assert report == {"level": "A", "tcp": "hello\n", "unix": "hello\n"}
    assert (tmp_path / "state").read_text() == "state"


def test_it_writes_in_its_own_folders_alone(tmp_path: Path) -> None:
    report = inside("writes_elsewhere", str(tmp_path), module="house_inside").report
    assert report == {"level": "A", "read": "honest", "change": False, "make": False}


def test_nobody_of_the_same_user_reads_a_hidden_memory(tmp_path: Path) -> None:
    report = inside("looked_into", str(tmp_path), module="house_inside").report
    assert report == {"plain": True, "hidden": False}
