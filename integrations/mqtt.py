"""The connection to the broker: keeps itself up, makes nobody wait, loses nothing unseen.

One task runs `run` for as long as the hub lives; everybody else calls `publish` and reads
`commands`, whether there is a broker or not.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

from aiomqtt import Client, Message, MqttError, ProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from integrations.connection import (
    MqttOptions,
    Trouble,
    explain,
    new_client,
    speaks_only_311,
    twin,
)
from integrations.inbox import Birth, Incoming, Refusal, RefusedError, read
from integrations.outbox import Outbox
from integrations.topics import OFFLINE, ONLINE, Post, Topics

log = logging.getLogger(__name__)

COMMANDS = 32
"""How many commands may wait; one more is refused."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds between two tries to connect: doubled each time, cut by up to half at random."""
LONGEST_AWAY = 6.0
"""The same while nobody answers at all: a broker that is back throws away what it is given for a
hub that is not."""

STEADY_SECONDS = 10.0
"""A connection that lasted so long was a good one: the next wait is the first again. Two hubs of
one name, which throw each other out, soon do so only every half minute."""

_TWIN_AFTER = 3
"""Brief connections in a row, after which that is what is the matter."""

BIRTH_WAIT = 2.0
"""Longest random wait, in seconds, before a restarted Home Assistant is told everything: every
device of the house answers its birth message in the same moment."""

FAREWELL_SECONDS, END_SECONDS = 0.5, 0.9
"""For the last message, and for all of the ending."""

_SUBSCRIPTION_REFUSED = 128


@dataclass(frozen=True, slots=True)
class MqttStatus:
    """`protocol`: "5" or "3.1.1", None while not connected. `queued`: posts that wait. `dropped`:
    posts lost. `refused`: messages not obeyed. Bytes are of payloads.
    """

    protocol: str | None
    queued: int
    dropped: int
    refused: int
    bytes_out: int
    bytes_in: int


class Mqtt:
    """`report` is told in plain words, once each time, that the broker is there, is lost, or will
    not have us.
    """

    def __init__(self, options: MqttOptions, topics: Topics, report: Callable[[str], None]) -> None:
        self._options = options
        self._topics = topics
        self._report = report
        self._outbox = Outbox()
        self._news = asyncio.Event()
        self._commands: asyncio.Queue[Incoming] = asyncio.Queue(COMMANDS)
        self._refused: Counter[Refusal] = Counter()
        self._keeper: asyncio.Task[None] | None = None
        self._renewal: asyncio.TimerHandle | None = None
        self._protocol: str | None = None
        self._trouble: Trouble | None = None
        self._wait = FIRST_WAIT
        self._brief = 0
        self._bytes_out = self._bytes_in = 0
        self.publish(Post(topics.availability, ONLINE, retain=True))

    @property
    def status(self) -> MqttStatus:
        return MqttStatus(
            protocol=self._protocol,
            queued=len(self._outbox),
            dropped=self._outbox.dropped,
            refused=self._refused.total(),
            bytes_out=self._bytes_out,
            bytes_in=self._bytes_in,
        )

    def publish(self, post: Post) -> None:
        """Send as soon as may be; returns at once. What can be lost, and how: see Outbox."""
        self._outbox.put(post, _now())
        self._news.set()

    async def commands(self) -> AsyncIterator[Incoming]:
        """What the hub is asked to do, for ever."""
        while True:
            yield await self._commands.get()

    def refuse(self, refusal: Refusal) -> None:
        """Count a message that is not obeyed; the first of its kind is logged, without it."""
        self._refused[refusal] += 1
        if self._refused[refusal] == 1:
            log.warning("Refused an MQTT message: %s. More are only counted.", refusal)

    async def run(self) -> None:
        """Stay connected until `close`, or until cancelled."""
        self._keeper = asyncio.create_task(self._keep_connected())
        try:
            await asyncio.wait({self._keeper})
        finally:
            await self.close()
        if not self._keeper.cancelled():
            self._keeper.result()  # it never returns: this raises what nobody foresaw

    async def close(self) -> None:
        """Tell that the hub is gone, disconnect and end `run`, within a second."""
        if self._keeper is not None and not self._keeper.done():
            self._keeper.cancel()
            await asyncio.wait({self._keeper}, timeout=END_SECONDS)

    async def _keep_connected(self) -> None:
        while True:
            brief = self._brief
            try:
                await self._connect()
            except* (MqttError, OSError) as errors:
                if self._brief == brief:  # not taken in: it is the broker that is away
                    self._brief = 0
                self._lost(_first(errors))
            await asyncio.sleep(self._wait * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
            self._wait = min(LONGEST_WAIT if self._brief else LONGEST_AWAY, self._wait * 2)

    async def _connect(self) -> None:
        try:
            await self._session(
                ProtocolVersion.V311 if self._options.only_311 else ProtocolVersion.V5
            )
        except MqttError as error:
            if not speaks_only_311(error):
                raise
            await self._session(ProtocolVersion.V311)

    async def _session(self, protocol: ProtocolVersion) -> None:
        async with new_client(self._options, self._topics, protocol) as client:
            await self._subscribe(client)
            self._protocol = "5" if protocol is ProtocolVersion.V5 else "3.1.1"
            if not self._has_twin:
                self._trouble = None
                self._report(f"Connected to the MQTT broker at {self._options.place}.")
            self._renew()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._send(client))
                    group.create_task(self._receive(client))
                    group.create_task(self._settle())
            except asyncio.CancelledError:
                await self._farewell(client)
                raise
            finally:
                self._protocol = None
                self._brief += 1

    async def _settle(self) -> None:
        await asyncio.sleep(STEADY_SECONDS)
        if self._has_twin:
            self._report(f"Connected to the MQTT broker at {self._options.place}.")
        self._brief, self._trouble, self._wait = 0, None, FIRST_WAIT

    @property
    def _has_twin(self) -> bool:
        """Taken in and thrown out, again and again: somebody connects by the same name."""
        return self._brief >= _TWIN_AFTER

    async def _subscribe(self, client: Client) -> None:
        for topic in self._topics.subscriptions:
            for code in await client.subscribe(topic, qos=1):
                number = code.value if isinstance(code, ReasonCode) else code
                if number >= _SUBSCRIPTION_REFUSED:
                    log.warning("The MQTT broker does not let this user read %s.", topic)

    async def _send(self, client: Client) -> None:
        while True:
            post = self._outbox.next(_now())
            if post is None:
                self._news.clear()
                await self._news.wait()
                continue
            await client.publish(post.topic, post.payload, qos=1, retain=post.retain)
            self._outbox.sent(post)
            self._bytes_out += len(post.payload)

    async def _receive(self, client: Client) -> None:
        async for message in client.messages:
            try:
                self._take(message)
            except RefusedError as error:
                self.refuse(error.refusal)

    def _take(self, message: Message) -> None:
        payload = message.payload
        self._bytes_in += len(payload)
        match read(self._topics, message.topic.value, payload, retain=message.retain):
            case None:
                return
            case Birth():
                self._renew_soon()
            case command if not self._commands.full():
                self._commands.put_nowait(command)
            case _:
                raise RefusedError(Refusal.TOO_MANY)

    def _renew_soon(self) -> None:
        if self._renewal is None:
            wait = random.uniform(0.1, BIRTH_WAIT)  # noqa: S311 - no secret
            self._renewal = asyncio.get_running_loop().call_later(wait, self._renew)

    def _renew(self) -> None:
        self._renewal = None
        self._outbox.renew(_now())
        self._news.set()

    async def _farewell(self, client: Client) -> None:
        with suppress(MqttError, TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await client.publish(self._topics.availability, OFFLINE, qos=1, retain=True)

    def _lost(self, error: MqttError | OSError) -> None:
        """A trouble is told once, until it changes or is over."""
        if self._has_twin:
            trouble, words = Trouble.TWIN, twin(self._options, self._topics)
        else:
            trouble, words = explain(error, self._options)
        if trouble is not self._trouble:
            self._report(words)
        self._trouble = trouble


def _now() -> float:
    return asyncio.get_running_loop().time()


def _first(errors: ExceptionGroup[MqttError | OSError]) -> MqttError | OSError:
    """One of a group, however deep."""
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error
