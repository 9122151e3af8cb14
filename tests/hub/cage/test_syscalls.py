"""Our numbers are the kernel headers' numbers."""

import re
from pathlib import Path

import pytest

from hub.cage.syscalls import NEWEST, NUMBERS
from tests.conftest import missing

HEADERS = {
    "x86_64": ("x86_64-linux-gnu/asm/unistd_64.h", "asm/unistd_64.h"),
    "aarch64": ("asm-generic/unistd.h",),
}
DEFINE = re.compile(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_numbers_equal_the_headers(machine: str) -> None:
    found = [Path("/usr/include", name) for name in HEADERS[machine]]
    header = next((path for path in found if path.exists()), None)
    if header is None:
        missing(f"No kernel header {found[0]}: install linux-libc-dev.")
        return
    theirs = {name: int(number) for name, number in DEFINE.findall(header.read_text())}
    ours = {name: getattr(each, machine) for name, each in NUMBERS.items()}
    if max(theirs.values()) < NEWEST:
        missing(f"{header} is older than our table: it ends at {max(theirs.values())}.")
    assert ours == {name: theirs.get(name) for name in NUMBERS}
