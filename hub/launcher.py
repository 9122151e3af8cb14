"""Starts, watches, restarts senses, mouth, house, eyes, satellites; holds but the mute button.

It keeps both ends of every pipe for its whole life, so that a process that crashed comes back to
the same pipes and the others never see them close. `python -m hub.launcher FD`, where its
settings are.
"""

import math
import os
import selectors
import signal
import sys
import time
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from hub.button.finding import KeysOf
from hub.button.kernel import keys_of
from hub.button.panel import Panel
from hub.cage.privileges import keep_memory_private
from hub.children import PATIENCE, Child, Name, Program
from hub.eyes.launching import cameras
from hub.fields import UP_LIMIT
from hub.keep.keeper import Keeper
from hub.launcher_settings import NOBODY, LauncherSettings
from hub.lending.launching import Booth
from hub.messages import Mute, Play, Restart, Seek, Stop, StopRecording, ToLauncher, Watch
from hub.mute import MuteSwitch
from hub.pairs import Pair
from hub.paths import state_folder
from hub.pipes import Decoder
from hub.satellites.launching import satellites
from hub.seeking import seeking
from hub.settings import from_memory
from hub.sound_choice import SoundChoice
from hub.telling import Telling
from hub.wiring import Given, Wiring


class Launcher:
    """`programs`: what is run instead of our own processes, which the owner's proof needs."""

    def __init__(
        self,
        settings: LauncherSettings,
        programs: Mapping[Name, Program] = MappingProxyType({}),
        keys_of: KeysOf = keys_of,
    ) -> None:
        self._settings = settings
        self._selector = selectors.DefaultSelector()
        self._decoder: Decoder[ToLauncher] = Decoder(msgspec.json.Decoder(ToLauncher), UP_LIMIT)
        self._status: int | None = None
        hands = (self._pressed, keys_of, state_folder())
        self._panel = Panel(settings.button, self._selector, *hands)
        self._switch = MuteSwitch.of(settings.muted or self._panel.kept.by)
        self._sound = SoundChoice(settings.senses.source, settings.fallback)
        self._wanted_again: Restart | None = None
        self._keeper = Keeper(state_folder() / "recordings", settings.recordings, self._selector)
        self._recorded = self._keeper.recorded
        self._cameras = cameras(settings.cameras, programs)
        self._booth = Booth(settings.booth, programs) if settings.booth is not None else None
        self._satellites = satellites(settings.satellites, programs)
        self._satellites.want(not self._switch.muted)
        self._wiring = wiring = Wiring(settings, self._cameras, self._satellites, self._booth)
        self._house = Telling(wiring.down.write)
        os.set_blocking(wiring.up.read, False)
        self._children = {child.name: child for child in wiring.children(programs)}
        if self._booth is not None:
            self._children["booth"] = self._booth.child
        self._seeking = seeking(settings, programs, wiring.heard.write, wiring.to_senses.read)

    def run(self) -> int:
        """Until told to stop; gives the exit status."""
        self._selector.register(self._wiring.up.read, selectors.EVENT_READ, self._listen)
        self._watch_signals()
        while self._status is None:
            self._panel.tick(self._is_deaf())
            now = time.monotonic()
            for child in self._children.values():
                if child.process is None and now >= (child.retry_at or 0):
                    self._start(child, now)
            for pair in self._pairs():
                if pair.due(now):
                    pair.start(now, self._started)
            self._seeking.look(
                now, self._selector, lambda name: self._restart(self._children[name])
            )
            for child in (*self._everybody(), *self._seeking.probes.values()):
                child.insist(now)
            for key, _ in self._selector.select(self._next_wait()):
                key.data()
            self._keeper.tick()
            if self._keeper.recorded != self._recorded:
                self._recorded = self._keeper.recorded
                self._house.recording(self._recorded)
        self._end()
        return self._status

    @property
    def again(self) -> tuple[str, ...]:
        """The command to become, where the hub is to be started anew."""
        wanted = self._wanted_again
        if wanted is None or not self._settings.again:
            return ()
        by = self._switch.by if self._switch.muted else NOBODY
        back = ("--models-back",) if wanted.models == "previous" else ()
        return (*self._settings.again, f"--again={by}", *back)

    def _start(self, child: Child, now: float) -> None:
        if self._booth is not None and child is self._booth.child:
            self._booth.start(now, self._started)
            return
        given = self._given(child)
        child.arguments = given.arguments
        fd = child.start(now, given.fds)
        if child.name == "house":
            self._tell_everything()
        self._started(child, fd)

    def _given(self, child: Child) -> Given:
        if child.name == "house":
            return self._wiring.house()
        if child.name == "mouth":
            return self._wiring.mouth()
        source = self._sound.start(muted=self._switch.muted)
        child.may_finish = self._sound.may_finish
        settings = msgspec.structs.replace(self._settings.senses, source=source)
        return self._wiring.senses(settings, self._keeper.senses_end)

    def _started(self, child: Child, fd: int) -> None:
        self._selector.register(fd, selectors.EVENT_READ, lambda: self._ended(child, fd))
        self._house.process(child, "running")

    def _tell_everything(self) -> None:
        """A new house knows nothing."""
        self._house.recording(self._recorded)
        self._house.mute(self._switch)
        for other in self._everybody():
            if other.process is not None and other.name != "house":
                self._house.process(other, "running")

    def _everybody(self) -> tuple[Child, ...]:
        paired = (child for pair in self._pairs() for child in pair.children)
        return (*self._children.values(), *paired)

    def _pairs(self) -> tuple[Pair, ...]:
        return (*self._cameras.all.values(), *self._satellites.all.values())

    def _ended(self, child: Child, fd: int) -> None:
        self._selector.unregister(fd)
        os.close(fd)
        was_told = child.expected
        status = child.ended(time.monotonic())
        if child.name == "senses" and not was_told and self._sound.ended(status):
            child.retry_at = 0.0
        for pair in self._pairs():
            if child in pair.children:
                pair.ended(child)
        if child.name == "house":
            self._seeking.want((), muted=self._switch.muted)
            self._satellites.renew()  # its numbers begin anew, and nobody told it who is there
        self._house.process(child, "restarting")

    def _listen(self) -> None:
        for message in self._decoder.feed(os.read(self._wiring.up.read, UP_LIMIT)):
            match message:
                case Mute():
                    self._told_to_mute(message)
                case Seek(devices=devices):
                    self._seeking.want(devices, muted=self._switch.muted)
                case Watch(cameras=keys):
                    self._cameras.watch(keys)
                case Stop(status=status):
                    self._status = status
                case Restart():
                    self._status, self._wanted_again = 0, message
                case Play():
                    self._play()
                case StopRecording():
                    self._keeper.stop()

    def _play(self) -> None:
        if not self._switch.muted:  # who is muted hears nothing, recordings neither
            self._sound.play()
            self._restart(self._children["senses"])

    def _told_to_mute(self, told: Mute) -> None:
        before = self._switch.muted
        taken = self._switch.take(told.muted, told.by, told.presses)
        if not taken or told.presses != self._switch.presses:
            self._house.mute(self._switch)
        self._mute_or_hear(before)

    def _pressed(self) -> None:
        before = self._switch.muted
        self._switch.press()
        self._mute_or_hear(before)
        self._house.mute(self._switch, pressed=True)

    def _mute_or_hear(self, before: bool) -> None:  # noqa: FBT001 - muted or not
        self._panel.kept.keep(self._switch.by if self._switch.muted else None)
        if self._switch.muted != before:
            self._seeking.muted()
            self._restart(self._children["senses"])
            self._satellites.want(before)

    def _is_deaf(self) -> bool:
        """Muted, and whatever could hear has ended: a senses with its device, every inlet."""
        senses = self._sound.hears and self._children["senses"].process is not None
        others = self._satellites.hear or self._seeking.hears
        return self._switch.muted and not senses and not others

    def _restart(self, child: Child) -> None:
        """At once, also one that waits to be tried again."""
        child.stop()
        child.retry_at = 0.0

    def _watch_signals(self) -> None:
        ends = os.pipe()
        for end in ends:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ends[1])
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        self._selector.register(ends[0], selectors.EVENT_READ, self._signalled)

    def _signalled(self) -> None:
        self._status = 0

    def _next_wait(self) -> float:
        waits = [c.retry_at for c in self._children.values() if c.process is None and c.retry_at]
        pairs = (pair.waits_until() for pair in self._pairs())
        waits += [until for until in pairs if until is not None]
        waits += self._seeking.waits()
        waits += [c.killed_at for c in self._everybody() if c.killed_at is not None]
        soonest = min(waits) - time.monotonic() if waits else math.inf
        return max(0.0, min(soonest, self._keeper.wait(), self._panel.wait()))

    def _end(self) -> None:
        """All are told to end; the house says goodbye to the broker meanwhile."""
        self._panel.close()
        everybody = (*self._everybody(), *self._seeking.probes.values())
        for child in everybody:
            child.stop()
        deadline = time.monotonic() + PATIENCE
        for child in everybody:
            if child.process is not None:
                child.wait(max(0.0, deadline - time.monotonic()))


if __name__ == "__main__":
    keep_memory_private()
    launcher = Launcher(from_memory(int(sys.argv[1]), LauncherSettings))
    status = launcher.run()
    if again := launcher.again:
        os.execv(again[0], again)  # noqa: S606 - the command that we were started by
    sys.exit(status)
