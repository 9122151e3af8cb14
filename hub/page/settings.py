"""The owner's settings on the page: shown as the file has them, saved, undone, put into use."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from hub.changing.draft import Draft, draft
from hub.changing.file import HasChanged, NotWritable
from hub.changing.letting_out import LetOut
from hub.changing.ready import NotReady, make_sure, make_sure_of_addresses
from hub.changing.source import Source
from hub.changing.text import GONE, CannotChange, Place
from hub.changing.zones import DrawnZone, Polygon, drawn
from hub.config import Config
from hub.config_file import ConfigError
from hub.fields import Name
from hub.household import Household
from hub.messages import Restart
from hub.page.abouts import Abouts
from hub.page.bodies import Done, read
from hub.page.settings_shown import AT_ONCE, SettingsShown, may_change, shown
from integrations.web.site import Declined

_T = TypeVar("_T")
Given = bool | int | float | str | tuple[str, ...] | None
"""None takes a setting out of the file: its default counts."""


class Mistaken(msgspec.Struct, frozen=True):
    """`key`: the setting, or the section, that cannot be so."""

    key: str
    message: str


class SettingsSaved(msgspec.Struct, frozen=True, kw_only=True):
    """Not saved where there are mistakes, or where nobody was sure of what it lets out."""

    saved: bool
    mistakes: tuple[Mistaken, ...] = ()
    lets_out: tuple[LetOut, ...] = ()


class SaveSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`mark`: the state of the file that was seen; `sure`: what it lets out was read and is
    wanted.
    """

    mark: str
    changes: dict[str, Given]
    sure: bool = False


class SaveZones(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mark: str
    camera: Name
    zones: tuple[DrawnZone, ...]
    never_see: tuple[Polygon, ...]
    sure: bool = False


class GoBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mark: str


@dataclass(frozen=True, slots=True)
class SettingsDesk:
    """`running`: with what this house was started. `may_loosen`: whoever gets here has given a
    password, or is known to Home Assistant.
    """

    source: Source
    running: Config
    household: Household
    may_loosen: bool
    abouts: Abouts = field(default_factory=dict)
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def show(self) -> SettingsShown:
        sensitivity = self.household.sensitivity
        return await asyncio.to_thread(shown, self.source, self.running, sensitivity, self.abouts)

    async def save(self, body: bytes) -> SettingsSaved:
        wanted = read(body, SaveSettings)
        if not await self.do(lambda: may_change(self.source, wanted.changes)):
            raise Declined("That is changed in the file alone.")
        changes = {
            tuple(key.split(".")): GONE if value is None else _plain(value)
            for key, value in wanted.changes.items()
        }
        return await self.put(wanted.mark, changes, sure=wanted.sure)

    async def save_zones(self, body: bytes) -> SettingsSaved:
        wanted = read(body, SaveZones)
        now = await self.do(self.now)
        camera = now.cameras.get(wanted.camera)
        if camera is None:
            raise Declined("There is no such camera.")
        place = ("cameras", wanted.camera)
        changes = drawn(place, camera, wanted.zones, wanted.never_see)
        return await self.put(wanted.mark, changes, sure=wanted.sure)

    async def undo(self, body: bytes) -> Done:
        mark = read(body, GoBack).mark
        async with self._alone:
            before = await self.do(self._sensitivity)
            await self.do(lambda: self.source.file.undo(mark))
            after = await self.do(self._sensitivity)
        if after != before:
            self.household.set_sensitivity(after)
        return Done()

    async def restart(self, _body: bytes) -> Done:
        return await self.start_anew(Restart())

    async def start_anew(self, wanted: Restart) -> Done:
        """With what the file says now, where the hub would come back with that. Raises Declined."""
        await self.do(lambda: make_sure(self.now()))
        self.household.lines.launcher(wanted)
        return Done()

    async def judge(
        self, mark: str, changes: Mapping[Place, object]
    ) -> Config | tuple[Mistaken, ...]:
        """What they would make of the settings; nothing is written. Raises Declined."""
        made = await self.do(lambda: _draft(self.source, mark, changes))
        return made.config if isinstance(made, Draft) else made

    async def put(self, mark: str, changes: Mapping[Place, object], *, sure: bool) -> SettingsSaved:
        """Raises Declined."""
        async with self._alone:
            made = await self.do(lambda: _draft(self.source, mark, changes))
            if not isinstance(made, Draft):
                return SettingsSaved(saved=False, mistakes=made)
            if made.lets_out and not self.may_loosen:
                raise Declined("A page without a password may not let more out.")
            if made.lets_out and not sure:
                return SettingsSaved(saved=False, lets_out=made.lets_out)
            await self.do(lambda: make_sure_of_addresses(self.running, made.config))
            await self.do(lambda: self.source.file.save(made.text, mark))
        if AT_ONCE in (".".join(place) for place in changes):
            self.household.set_sensitivity(made.config.listen.sensitivity)
        return SettingsSaved(saved=True, lets_out=made.lets_out)

    def now(self) -> Config:
        """As the file has it. Raises ConfigError, OSError."""
        return self.source.config(self.source.file.read().text)

    def _sensitivity(self) -> float:
        return self.now().listen.sensitivity

    async def do(self, work: Callable[[], _T]) -> _T:
        """Off the loop, for it reads and writes the disk. Raises Declined, in plain words."""
        try:
            return await asyncio.to_thread(work)
        except HasChanged as error:
            raise Declined(
                "The settings were changed elsewhere meanwhile: load them anew."
            ) from error
        except CannotChange as error:
            raise Declined("Your file is written in a way that is changed by hand only.") from error
        except (NotWritable, NotReady, ConfigError) as error:
            raise Declined(str(error)) from error
        except OSError as error:
            raise Declined("The settings cannot be read.") from error


def _draft(
    source: Source, mark: str, changes: Mapping[Place, object]
) -> Draft | tuple[Mistaken, ...]:
    try:
        return draft(source, mark, changes)
    except ConfigError as error:
        return tuple(Mistaken(each.key, each.message) for each in error.mistakes)


def _plain(value: Given) -> object:
    return list(value) if isinstance(value, tuple) else value
