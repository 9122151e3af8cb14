"""Who sees what the hub does: Home Assistant itself, and a reader of the page."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import msgspec

from bench.soak.turns import HomeTold, Now, Turn, Turns
from bench.soak.verdicts import Evidence, Told
from integrations.web.server import TOKEN

_AGAIN = 0.1
"""Seconds after which one who was thrown out comes again: before the hub does."""
_FOREVER = aiohttp.ClientTimeout(total=None, sock_read=40.0)
_GONE = (aiohttp.ClientError, OSError, TimeoutError, msgspec.MsgspecError)


class _State(msgspec.Struct, frozen=True):
    entity_id: str
    state: str


class _Done(msgspec.Struct, frozen=True):
    service: str
    service_data: dict[str, object]


class _Changed(msgspec.Struct, frozen=True):
    new_state: _State | None


class _Event(msgspec.Struct, frozen=True):
    event_type: str
    data: msgspec.Raw


class _Message(msgspec.Struct, frozen=True):
    type: str
    event: _Event | None = None
    result: msgspec.Raw = msgspec.Raw(b"null")


@dataclass
class HomeWitness:
    """What Home Assistant was told to do, and how its things are, by its own websocket."""

    url: str
    token: str = field(repr=False)
    evidence: Evidence

    async def follow(self, session: aiohttp.ClientSession) -> None:
        """For ever."""
        while True:
            with suppress(*_GONE):
                await self._listen(session)
            await asyncio.sleep(_AGAIN)

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        async with session.ws_connect(f"{self.url}/api/websocket", heartbeat=20) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.token})
            await socket.receive_json()
            for number, kind in enumerate(("call_service", "state_changed"), 1):
                wanted = {"type": "subscribe_events", "event_type": kind}
                await socket.send_json({"id": number, **wanted})
            await socket.send_json({"id": 3, "type": "get_states"})
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(msgspec.json.decode(message.data, type=_Message))

    def _take(self, message: _Message) -> None:
        event, now = message.event, time.time()
        if event is None:
            states = msgspec.json.decode(message.result, type=list[_State] | None)
            for each in states or ():
                self._note(each, now)
        elif event.event_type == "call_service":
            done = msgspec.json.decode(event.data, type=_Done)
            ids = done.service_data.get("entity_id", ())
            for each in [ids] if isinstance(ids, str) else ids if isinstance(ids, list) else ():
                self.evidence.told.append(Told(now, done.service, str(each)))
        else:
            changed = msgspec.json.decode(event.data, type=_Changed).new_state
            if changed is not None:
                self._note(changed, now)

    def _note(self, state: _State, now: float) -> None:
        if state.entity_id.startswith(("light.", "input_boolean.")):
            self.evidence.states.setdefault(state.entity_id, []).append((now, state.state))


@dataclass
class Reader:
    """Follows the page, types there, and stops what rings: a browser without a window."""

    url: str
    evidence: Evidence
    turns: list[Turn] = field(default_factory=list)
    assist: str = ""
    _seen: set[tuple[float, str]] = field(default_factory=set)

    async def follow(self, session: aiohttp.ClientSession) -> None:
        """For ever."""
        while True:
            with suppress(*_GONE):
                async with session.get(f"{self.url}api/news", timeout=_FOREVER) as answer:
                    await self._read(answer)
            await asyncio.sleep(_AGAIN)

    async def _read(self, answer: aiohttp.ClientResponse) -> None:
        about = b""
        async for part in _lines(answer):
            name, _, content = part.partition(b": ")
            if name == b"event":
                about = content
            elif name == b"data":
                self._take(about, content)

    def _take(self, about: bytes, content: bytes) -> None:
        match about:
            case b"now":
                now = msgspec.json.decode(content, type=Now)
                self.assist, is_there = now.assist, now.broker.standing == "connected"
                self.evidence.at_broker.append((time.time(), is_there))
            case b"turns":
                for turn in reversed(msgspec.json.decode(content, type=Turns).turns):
                    if (turn.at, turn.way) not in self._seen:
                        self._seen.add((turn.at, turn.way))
                        self.turns.append(turn)
            case b"home":
                for each in msgspec.json.decode(content, type=HomeTold).waiting:
                    if each.rings and each.at is not None:
                        self.evidence.rings.setdefault(each.id, each.at)

    async def do(self, session: aiohttp.ClientSession, name: str, body: object) -> bool:
        """Whether it was taken."""
        async with session.get(f"{self.url}api/hello") as hello:
            token = (await hello.json())["token"]
        async with session.post(f"{self.url}api/{name}", json=body, headers={TOKEN: token}) as done:
            return done.status == 200

    async def stop_rings(self, session: aiohttp.ClientSession) -> None:
        """For ever: each a moment after it began."""
        stopped: set[int] = set()
        while True:
            await asyncio.sleep(2)
            if ringing := self.evidence.rings.keys() - stopped:
                stopped |= ringing
                with suppress(*_GONE):
                    await self.do(session, "stop", {})


async def _lines(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """The stream's lines, of whatever length."""
    held = b""
    async for chunk in answer.content.iter_any():
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            yield line
