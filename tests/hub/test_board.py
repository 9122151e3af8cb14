"""A Raspberry Pi's own account of itself, from files as its kernel writes them."""

from pathlib import Path

import pytest

from hub.board import board

PI = "Raspberry Pi 5 Model B Rev 1.0\0"
FIRMWARE = "sys/devices/platform/soc/soc:firmware/get_throttled"
HEAT = "sys/class/thermal/thermal_zone0/temp"


def pi(root: Path, **files: str) -> Path:
    for name, content in {"sys/firmware/devicetree/base/model": PI, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return root


def test_another_machine_is_none(tmp_path: Path) -> None:
    assert board(tmp_path) is None
    assert board(pi(tmp_path, **{"sys/firmware/devicetree/base/model": "Radxa ROCK 5B\0"})) is None


def test_a_pi_that_is_well_has_no_troubles(tmp_path: Path) -> None:
    found = board(pi(tmp_path, **{FIRMWARE: "0\n", HEAT: "51540\n"}))
    assert found is not None
    assert found.model == "Raspberry Pi 5 Model B Rev 1.0"
    assert found.celsius == 51.54
    assert list(found.troubles()) == []


@pytest.mark.parametrize(
    ("bits", "told"),
    [
        ("50005", ["too little voltage now", "slowed down now"]),
        ("50000", ["too little voltage since it was started", "slowed down since it was started"]),
        ("80008", ["slowed down now"]),
        ("0", []),
    ],
)
def test_power_and_heat_are_told_with_when(tmp_path: Path, bits: str, told: list[str]) -> None:
    found = board(pi(tmp_path, **{FIRMWARE: f"{bits}\n"}))
    assert found is not None
    assert [what for what, _ in found.troubles()] == told
    assert all(advice for _, advice in found.troubles())


def test_heat_and_wear(tmp_path: Path) -> None:
    wear = "sys/block/mmcblk0/device/life_time"
    found = board(pi(tmp_path, **{HEAT: "84200\n", wear: "0x02 0x09\n"}))
    assert found is not None
    assert [what for what, _ in found.troubles()] == ["84 degrees", "storage 90 % worn"]


def test_what_cannot_be_read_is_not_told(tmp_path: Path) -> None:
    found = board(pi(tmp_path, **{HEAT: "unknown\n"}))
    assert found is not None
    assert (found.celsius, found.wear) == (None, None)
