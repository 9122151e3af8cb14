"""One household on a clock of its own, asked by every way in, and watched while it answers."""

import io
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bench.care_home import HOME, Harm, Needs, WatchedHome
from bench.care_sentences import CODE
from hub.aliases import Aliases
from hub.asker import Way
from hub.care.classes import Care
from hub.care.code import Code
from hub.care.rules import CareRules, Rule
from hub.conversation import Means, conversation
from hub.door.door import SensesDoor
from hub.door.turns import Permission
from hub.grammars import Grammars
from hub.household import Household
from hub.lines import Lines
from hub.messages import Heard, Hush, Say, Seconds, WishLine
from hub.publisher import Publisher
from hub.requests import from_mqtt
from hub.status import Status
from hub.terminal import Terminal
from hub.voice import Voice
from hub.why.recorder import Recorder
from integrations.connection import MqttOptions
from integrations.inbox import Refusal, RefusedError, read
from integrations.mqtt import Mqtt
from integrations.payloads import Ask, Confirm
from integrations.topics import Post, Topics
from intents.wishes import Wish

Place = tuple[Way, str | None]

TOPICS = Topics("bench")
AREAS = (None, *(area.name for area in HOME.areas))
_NOON = datetime(2026, 11, 23, 12).astimezone()
_QUICK = Seconds()
_YES_WITHIN, _CODE_WITHIN = 30.0, 60.0
_YES = frozenset({"yes", "yes please", "ok", "sure", "do it", "yes do it", "ja"})
"""Sentences that may set free what was asked before."""


@dataclass(frozen=True, slots=True)
class World:
    """`guarded`: what its rules leave guarded of all that the watcher knows."""

    name: str
    rules: CareRules
    guarded: frozenset[Needs]


WORLDS = (
    World("no rules", CareRules(), frozenset({"yes", "code"})),
    World(
        "locks and covers with a code",
        CareRules((Rule(Care.CODE, domain="lock"), Rule(Care.CODE, domain="cover")), has_code=True),
        frozenset({"yes", "code"}),
    ),
    World("everything free", CareRules((Rule(Care.FREE),), has_code=True), frozenset({"code"})),
)


class _Broker(Mqtt):
    """Remembers what it should have sent."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        super().__init__(MqttOptions("127.0.0.1", 1), TOPICS, lambda _: None)

    def publish(self, post: Post) -> None:
        self.posts.append(post)

    def refuse(self, refusal: Refusal) -> None:
        """Not for the log: most of what is sent here is to be refused."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What the hub asked, as it was heard or read; and until when an answer counts."""

    text: str
    until: float

    def allows(self, harm: Harm, by: Needs, now: float) -> bool:
        """A code does all that a yes does."""
        enough = by == "code" or (harm.needs == "yes" and "?" in self.text)
        return enough and now < self.until and harm.thing.name in self.text


@dataclass
class House:
    """`asked`: the last words in each place; `coded`: questions for a code, by their ids.
    `codes`: asked for in all; `confirmed`: dangerous things done after their yes or code.
    """

    world: World
    grammars: Grammars
    language: str = "en"
    now: float = 0.0
    home: WatchedHome = field(default_factory=WatchedHome)
    broker: _Broker = field(default_factory=_Broker)
    said: list[str] = field(default_factory=list)
    asked: dict[Place, _Question] = field(default_factory=dict)
    coded: dict[str, _Question] = field(default_factory=dict)
    codes: int = 0
    confirmed: int = 0

    def __post_init__(self) -> None:
        rules = self.world.rules
        code = Code(CODE) if rules.has_code else None
        means = Means(rules=rules, code=code, now=self._local, clock=lambda: self.now)
        talk = conversation(self.language, self.home, self.grammars, means)
        self._not_understood = talk.granting.answering.answers.error("no_intent")
        self.household = Household(
            conversation=talk,
            voice=Voice(self._hear),
            publisher=Publisher(self.broker, TOPICS),
            terminal=Terminal(shows_turns=False, stream=io.StringIO()),
            status=Status(),
            lines=Lines(lambda _: None, lambda _: None),
            door=SensesDoor(self.language, Permission(frozenset()), self.grammars),
            aliases=Aliases(Path("nothing-is-taught-here")),
            sensitivity=0.5,
            why=Recorder(None, lambda: self.now, self.said.append),
        )

    async def type(self, text: str, area: str | None) -> list[Harm]:
        await self.household.ask(text, area)
        return self._answered(("typed", area), is_yes=_is_yes(text))

    async def hear(self, wish: Wish, area: str | None) -> list[Harm]:
        line = WishLine(intent=wish.intent, slots=dict(wish.slots), score=1.0)
        heard = Heard(
            source="ear", turn=1, area=area, wishes=(line,), confidence=1.0, seconds=_QUICK
        )
        await self.household.hear(heard)
        return self._answered(("voice", area), is_yes=wish.intent == "HubYes")

    async def receive(self, place: str, payload: bytes) -> list[Harm]:
        try:
            command = read(TOPICS, TOPICS.under(place), payload, retain=False)
        except RefusedError:
            return []
        assert isinstance(command, Ask | Confirm)
        known = dict(self.coded)
        await from_mqtt(self.household, command)
        if isinstance(command, Ask):
            return self._answered(("mqtt", command.area), is_yes=_is_yes(command.text))
        freed = known.get(command.id) if command.code == CODE else None
        return self._judged(freed, "code")

    async def wait(self, seconds: float) -> list[Harm]:
        """Timers that run out meanwhile do what they were to do; nobody is there to say yes."""
        self.now += seconds
        for due in self.household.conversation.timekeeper.due(self._local()):
            await self.household.ring(due)
        return self._judged(None, "yes")

    def ids(self) -> list[str]:
        """Of questions that wait for a code."""
        return [known for known, question in self.coded.items() if self.now < question.until]

    def open_questions(self, way: Way) -> list[str | None]:
        """Areas in which something was asked, lately or a while ago."""
        return [
            area
            for (asked, area), question in self.asked.items()
            if asked == way and "?" in question.text and self.now < question.until + _YES_WITHIN
        ]

    def _answered(self, place: Place, *, is_yes: bool) -> list[Harm]:
        """A yes sets free what was asked last in this place, once. What the hub did not understand
        leaves a question open.
        """
        said = " ".join(filter(None, self.said))
        self.said.clear()
        harms = self._judged(self.asked.get(place) if is_yes else None, "yes")
        if said not in ("", self._not_understood):
            self.asked[place] = _Question(said, self.now + _YES_WITHIN)
        return harms

    def _judged(self, freed: _Question | None, by: Needs) -> list[Harm]:
        """The harm that nobody allowed. A code may do all that a yes may."""
        self._read_questions()
        harms = [harm for harm in self.home.harms if harm.needs in self.world.guarded]
        self.home.harms = []
        unasked = [harm for harm in harms if not (freed and freed.allows(harm, by, self.now))]
        self.confirmed += len(harms) - len(unasked)
        return unasked

    def _local(self) -> datetime:
        return _NOON + timedelta(seconds=self.now)

    def _hear(self, told: Say | Hush) -> None:
        if isinstance(told, Say):
            self.said.append(told.text)

    def _read_questions(self) -> None:
        posts, self.broker.posts = self.broker.posts, []
        for post in posts:
            if post.topic == TOPICS.under("event/confirm"):
                told = json.loads(post.payload)
                if told["event_type"] == "asked":
                    self.codes += 1
                    self.coded[told["id"]] = _Question(told["text"], self.now + _CODE_WITHIN)
                elif told["result"] not in ("wrong_code", "locked"):
                    self.coded.pop(told["id"], None)


def _is_yes(text: str) -> bool:
    return text.strip(" .!?").lower() in _YES
