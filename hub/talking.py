"""What is said within a conversation: yes and no, which one, undo, again, and everything else that
needs the last minutes to be whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from hub.asker import Asker
from hub.care.classes import Care
from hub.care.pending import Asked, Pending
from hub.care.words import read_back
from hub.deeds import Deed, Yes
from hub.dialogue.choices import WITHIN, Choice, Questions, Suggestion, described, namesakes
from hub.dialogue.memory import LastMinutes, Spoken
from hub.dialogue.resolve import Unclear, meant
from hub.executor import do, perform
from hub.granting import Granted, Granting
from hub.phrases import phrase
from hub.turn import Action, Outcome
from hub.undo import restoring
from intents.home import Entity, where
from intents.targets import Miss, targets
from intents.wishes import Slot, Wish

Teach = Callable[[str, str], None]
"""Takes a phrase, and the id of the thing that it turned out to mean."""
_TAKEN_BACK: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "HassStartTimer": (
            "HassCancelTimer",
            {"hours": "start_hours", "minutes": "start_minutes", "seconds": "start_seconds"},
        ),
        "HubSetAlarm": ("HubCancelAlarm", {"time": "time", "half": "half", "date": "date"}),
        "HubSetReminder": ("HubCancelReminder", {"message": "message"}),
        "HubSchedule": ("HubCancelSchedule", {}),
    }
)
"""What takes back a wish about time, and under which names its slots say which."""


@dataclass
class Talking:
    """`clock`: seconds that never go back. `why`: says why the last thing in a room was done."""

    granting: Granting
    pending: Pending
    clock: Callable[[], float]
    why: Callable[[Asker], str]
    teach: Teach
    memory: LastMinutes = field(default_factory=LastMinutes)
    questions: Questions = field(default_factory=Questions)

    async def grant(self, wish: Wish, asker: Asker) -> list[Granted]:
        """One wish; it may come to several, or to a question."""
        if self.questions.names(wish, asker, self.clock(), self.granting.backend.home):
            return await self._pick(wish, asker)
        match wish.intent:
            case "HubYes":
                return await self._yes(wish, asker)
            case "HubNo" | "HassNevermind":
                return [await self._no(wish, asker)]
            case "HubStop":
                return [await self._stop(wish, asker)]
            case "HubUndo":
                return [await self._undo(wish, asker)]
            case "HubRecall" | "HubRepeat" | "HubWhy":
                return [self.granting.withheld(wish, asker) or self._say(wish, asker)]
            case "HubPick":
                return await self._pick(wish, asker)
            case _:
                return await self._whole(wish, asker)

    async def set_free(self, asked: Asked, care: Care, asker: Asker) -> Granted:
        """Do what a yes, or the code, was given for. `asker`: whoever gave it."""
        yes = Yes(care, asker, self.granting.now())
        backend, rules = self.granting.backend, self.granting.rules
        deeds = tuple([await do(deed, backend, rules, yes) for deed in asked.deeds])
        return self._came_of(Wish(deeds[0].intent, {}), deeds)

    async def _whole(self, wish: Wish, asker: Asker) -> list[Granted]:
        past = self.memory.wishes(asker, self.clock())
        if wish.slots.get("reference") == "them":
            things = self.memory.things(asker, self.clock())
            past = (Spoken(wish, things),) if things else ()
        found = meant(wish, past, self.granting.backend.home, asker.area)
        if isinstance(found, Unclear):
            return [self.granting.failed(wish, self._phrase(found.key))]
        wishes = [each for each in found if isinstance(each, Wish)]
        if wishes:
            return [await self._grant(each, asker) for each in wishes]
        return [self._which(wish, tuple(e for e in found if isinstance(e, Entity)), asker)]

    async def _grant(self, wish: Wish, asker: Asker) -> Granted:
        """Where several things have the name that was said, which of them is asked."""
        home = self.granting.backend.home
        if isinstance(found := targets(wish, home, asker.area), Miss):
            twins = namesakes(wish, found, home)
            if len(twins) > 1:
                return self._which(wish, twins, asker)
        return await self.granting.grant(wish, asker)

    def _which(self, wish: Wish, things: tuple[Entity, ...], asker: Asker) -> Granted:
        self.questions.ask(Choice(wish, things, self.clock() + WITHIN), asker)
        home = self.granting.backend.home
        *first, last = [described(thing, home) for thing in things]
        names = phrase("either", self.granting.language, ", ".join(first), other=last)
        outcome = Outcome(self._phrase("which_one", names), (Action(wish.intent, (), "asked"),))
        return Granted(wish, outcome, asks=True, passes=True)

    async def _yes(self, wish: Wish, asker: Asker) -> list[Granted]:
        if (asked := self.pending.yes(asker, self.clock())) is not None:
            return [await self.set_free(asked, Care.CONFIRM, asker)]
        question = self.questions.take(asker, self.clock())
        if isinstance(question, Suggestion):
            if question.phrase and question.entity:
                self.teach(question.phrase, question.entity)
            return [each for w in question.wishes for each in await self._whole(w, asker)]
        return [self._passing(wish, "nothing_asked")]

    async def _no(self, wish: Wish, asker: Asker) -> Granted:
        """Nothing that waits is done; else what was set for later is taken back."""
        waited = self.pending.no(asker, self.clock())
        question = self.questions.take(asker, self.clock())
        last = self.memory.last(asker, self.clock())
        if waited or question or last is None or wish.intent == "HubNo":
            return self._passing(wish, "okay")
        return await self._taken_back(asker) or self._passing(wish, "okay")

    async def _stop(self, wish: Wish, asker: Asker) -> Granted:
        stopped = self.granting.timekeeper.stop()
        if stopped is not None:
            return Granted(wish, stopped, passes=True)
        self.pending.no(asker, self.clock())
        self.questions.take(asker, self.clock())
        home = self.granting.backend.home
        room = where(home, asker.area)
        players = (e for e in home.entities if e.domain == "media_player" and e.state == "playing")
        if room is not None and any(e.area == room.id for e in players):
            return await self.granting.grant(Wish("HassMediaPause", {"area": room.name}), asker)
        return Granted(wish, Outcome(""), passes=True)

    async def _undo(self, wish: Wish, asker: Asker) -> Granted:
        """The last turn that did something; asked again, the one before it."""
        if (granted := await self._taken_back(asker)) is not None:
            return granted
        done = self.memory.take_done(asker, self.clock())
        if not done:
            return self._passing(wish, "nothing_to_undo")
        return await self._restored(wish, done, asker)

    async def _restored(self, wish: Wish, done: Sequence[Deed], asker: Asker) -> Granted:
        granting, failed = self.granting, False
        deeds: list[Deed] = []
        for deed in reversed(done):
            calls = restoring(deed.call, deed.before, granting.backend.home.entities)
            failed = failed or not calls
            deeds += await perform(
                calls, "HubUndo", granting.backend, granting.rules, asker, granting.now()
            )
        if not deeds:
            return self._passing(wish, "cannot_undo")
        obstacles = [each for each in map(granting.obstacle, deeds) if each]
        said = [self._phrase("undone")] if len(obstacles) < len(deeds) else []
        more = [self._phrase("partly_undone")] if failed else []
        actions = tuple(deed.action(granting.backend.granted) for deed in deeds)
        reply = " ".join(dict.fromkeys([*said, *obstacles, *more]))
        return Granted(wish, Outcome(reply, actions), deeds=tuple(deeds), passes=True)

    async def _taken_back(self, asker: Asker) -> Granted | None:
        """A timer, alarm, reminder or command for later that was set last."""
        set_last = self._set_last(asker)
        if set_last is None:
            return None
        intent, names = _TAKEN_BACK[set_last.intent]
        slots: dict[str, Slot] = {
            new: set_last.slots[old] for old, new in names.items() if old in set_last.slots
        }
        granted = await self.granting.grant(Wish(intent, slots), asker)
        return replace(granted, passes=True)

    def _set_last(self, asker: Asker) -> Wish | None:
        """Questions between do not matter, deeds do."""
        for past in self.memory.turns(asker, self.clock()):
            if past.done:
                return None
            for each in reversed(past.spoken):
                if each.wish.intent in _TAKEN_BACK:
                    return each.wish
        return None

    def _say(self, wish: Wish, asker: Asker) -> Granted:
        turns = self.memory.turns(asker, self.clock())
        match wish.intent:
            case "HubWhy":
                reply = self.why(asker)
            case "HubRepeat":
                reply = turns[0].reply if turns else self._phrase("nothing_said")
            case _:
                done = next((past.done for past in turns if past.done), ())
                words = read_back(done, self.granting.language) if done else ""
                reply = words or (turns[0].reply if turns else self._phrase("nothing_done"))
        return Granted(wish, Outcome(reply), passes=True)

    async def _pick(self, wish: Wish, asker: Asker) -> list[Granted]:
        """An answer to "which one?"; else the last wish in another place, or put right."""
        question = self.questions.take(asker, self.clock())
        if isinstance(question, Choice):
            picked = question.picked(wish, self.granting.backend.home)
            if picked:
                wishes = question.granted(picked)
                return [await self.granting.grant(each, asker) for each in wishes]
        if wish.slots.get("relation") == "instead":
            self.pending.no(asker, self.clock())
            past = self.memory.wishes(asker, self.clock())
            if not isinstance(meant(wish, past, self.granting.backend.home, asker.area), Unclear):
                return await self._corrected(wish, asker)
        return await self._whole(wish, asker)

    async def _corrected(self, wish: Wish, asker: Asker) -> list[Granted]:
        """What was done is put back first."""
        past = self.memory.wishes(asker, self.clock())
        last = self.memory.last(asker, self.clock())
        found = meant(wish, past, self.granting.backend.home, asker.area)
        if last and last.done:
            await self._restored(wish, self.memory.take_done(asker, self.clock()), asker)
        wishes = [] if isinstance(found, Unclear) else [w for w in found if isinstance(w, Wish)]
        return [await self.granting.grant(each, asker) for each in wishes]

    def _came_of(self, wish: Wish, deeds: tuple[Deed, ...]) -> Granted:
        actions = tuple(deed.action(self.granting.backend.granted) for deed in deeds)
        things = tuple(target for deed in deeds for target in deed.call.targets)
        return Granted(wish, Outcome(self.granting.read_back(deeds), actions), things, deeds)

    def _passing(self, wish: Wish, key: str) -> Granted:
        return Granted(wish, Outcome(self._phrase(key)), passes=True)

    def _phrase(self, key: str, name: str = "") -> str:
        return phrase(key, self.granting.language, name)
