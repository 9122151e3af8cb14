"""The button is read and the light lit, by the launcher's end of both."""

import math
import os
import selectors
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hub.button.panel import AGAIN, Panel
from hub.button.settings import ButtonSettings
from tests.hub.button.machine import KEYBOARD, MUTE_KEY, Machine, keys_of
from tests.hub.running import wait_until

NAME = "button@11"
NOBODY = 65_534
"""A user without any rights, where the tests run as root."""


class Stage:
    """`pressed`: how often. `turn`: what the launcher does when something has happened."""

    def __init__(self, machine: Machine, mute: str | None = NAME, light: str | None = None) -> None:
        self.pressed = 0
        self._selector = selectors.DefaultSelector()
        settings = ButtonSettings(mute=mute, light=light, root=str(machine.root))
        self.panel = Panel(settings, self._selector, self._press, keys_of, machine.root)

    def _press(self) -> None:
        self.pressed += 1

    def turn(self, *, deaf: bool = False) -> int:
        self.panel.tick(deaf)
        for key, _ in self._selector.select(0):
            take: Callable[[], None] = key.data
            take()
        return self.pressed

    @property
    def opened(self) -> list[int]:
        return [key.fd for key in self._selector.get_map().values()]


@pytest.mark.parametrize("mute", [NAME, "/dev/input/by-path/platform-button@11-event"])
def test_it_is_pressed(machine: Machine, mute: str) -> None:
    machine.plug("event0", "A Keyboard", KEYBOARD)
    machine.plug("event3", NAME)
    link = machine.root / "dev/input/by-path/platform-button@11-event"
    link.symlink_to("../event3")
    stage = Stage(machine, mute)
    assert stage.turn() == 0
    machine.press("event0")
    machine.press("event3")
    assert stage.turn() == 1
    machine.press("event3", after=0.1)
    assert stage.turn() == 1
    machine.press("event3", key=MUTE_KEY - 1)
    machine.press("event3")
    assert stage.turn() == 2
    assert stage.panel.wait() == math.inf


def test_no_child_inherits_it(machine: Machine) -> None:
    machine.plug("event3", NAME)
    stage = Stage(machine)
    stage.turn()
    [fd] = stage.opened
    assert not os.get_inheritable(fd)
    look = f"import os; os.stat('/proc/self/fd/{fd}')"
    child = [sys.executable, "-c", look]
    assert subprocess.run(child, close_fds=False, stderr=subprocess.PIPE, check=False).returncode


@pytest.mark.parametrize(
    "mute", ["A Keyboard", "/dev/input/event0", "/dev/input/../input/event0", "/dev/null", "/etc"]
)
def test_nothing_that_people_type_on_is_opened(
    machine: Machine, mute: str, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.plug("event0", "A Keyboard", KEYBOARD)
    stage = Stage(machine, mute)
    for _ in range(3):
        stage.turn()
    assert stage.opened == []
    [line] = capsys.readouterr().err.splitlines()
    assert mute in line
    assert ("type" in line) == ("event0" in mute or "Keyboard" in mute)


def test_the_kernel_is_asked_again_of_what_was_opened(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another device may have taken its place since it was found."""
    file = machine.plug("event3", NAME)
    file.with_suffix(".keys").write_text(" ".join(map(str, KEYBOARD)))
    stage = Stage(machine)
    stage.turn()
    assert stage.opened == []
    assert str(file) not in [os.path.realpath(f"/proc/self/fd/{fd}") for fd in _readers()]
    assert "type" in capsys.readouterr().err


def _readers() -> list[str]:
    """Descriptors of this process that only read."""
    found = []
    for info in Path("/proc/self/fdinfo").iterdir():
        try:
            flags = int(info.read_text().split("flags:")[1].split()[0], 8)
        except OSError:
            continue
        found += [info.name] if flags & os.O_ACCMODE == os.O_RDONLY else []
    return found


def test_of_two_with_one_name_the_button_is_taken(machine: Machine) -> None:
    """As a headset that has a device for its other keys."""
    machine.plug("event0", NAME, KEYBOARD)
    machine.plug("event1", NAME)
    stage = Stage(machine)
    stage.turn()
    machine.press("event1")
    assert stage.turn() == 1


def test_unplugged_it_is_looked_for_again_and_told_once(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.plug("event3", NAME)
    stage = Stage(machine)
    stage.turn()
    machine.press("event3")
    machine.unplug("event3")
    wait_until(lambda: not (stage.turn(), stage.opened)[1], 5)
    assert stage.pressed == 1
    assert stage.panel.wait() == AGAIN
    machine.plug("event7", NAME)
    wait_until(lambda: (stage.turn(), stage.opened)[1], 10)
    machine.press("event7")
    assert stage.turn() == 2
    told = capsys.readouterr().err.splitlines()
    assert [("unplugged" in line, "is there" in line) for line in told] == [
        (True, False),
        (False, True),
    ]


def test_one_that_may_not_be_read_is_told_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        machine = Machine(Path(folder) / "machine")
        machine.plug("event3", NAME).chmod(0)
        stage = Stage(machine)
        user = os.geteuid()
        os.seteuid(user or NOBODY)
        try:
            stage.turn()
        finally:
            os.seteuid(user)
        machine.close()
    assert "docs/appliance.md" in capsys.readouterr().err


def test_the_light_says_whether_it_is_deaf(machine: Machine) -> None:
    file = machine.light("mute")
    stage = Stage(machine, None, "mute")
    stage.turn()
    assert file.read_text() == "0\n", "it promises nothing yet"
    stage.turn(deaf=True)
    assert file.read_text() == "255\n"
    assert stage.panel.wait() == math.inf
    stage.panel.close()
    assert file.read_text() == "0\n"


def test_a_light_that_is_not_there_is_told_once_and_lit_when_it_is(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.plug("event3", NAME)
    stage = Stage(machine, NAME, "mute")
    for deaf in (False, True, True):
        stage.turn(deaf=deaf)
    machine.press("event3")
    assert stage.turn() == 1, "nothing else breaks"
    [line] = capsys.readouterr().err.splitlines()
    assert line == "The light mute cannot be set: No such file or directory."
    assert stage.panel.wait() == AGAIN
    file = machine.light("mute", "1")
    stage.turn(deaf=True)
    assert file.read_text() == "1\n"


def test_without_settings_nothing_is_opened(machine: Machine) -> None:
    machine.plug("event3", NAME)
    file = machine.light("mute")
    stage = Stage(machine, None)
    assert stage.turn() == 0
    assert (stage.opened, file.read_text(), stage.panel.wait()) == ([], "7\n", math.inf)
