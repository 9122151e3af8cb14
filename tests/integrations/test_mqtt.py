"""The connection, against a real Mosquitto that is really killed."""

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiomqtt import Client, ProtocolVersion

from integrations import payloads as p
from integrations.connection import MqttOptions
from integrations.inbox import Refusal
from integrations.mqtt import COMMANDS, Mqtt
from integrations.topics import Post, Topics
from tests.mosquitto import Mosquitto, free_port

TOPICS = Topics("den")
SECRET = "the words of somebody"


@dataclass
class Hub:
    mqtt: Mqtt
    said: list[str]
    task: asyncio.Task[None]


@asynccontextmanager
async def hub(
    port: int, username: str | None = None, password: str | None = None, *, only_311: bool = False
) -> AsyncIterator[Hub]:
    said: list[str] = []
    options = MqttOptions("127.0.0.1", port, username, password, only_311=only_311)
    mqtt = Mqtt(options, TOPICS, said.append)
    task = asyncio.create_task(mqtt.run())
    try:
        yield Hub(mqtt, said, task)
    finally:
        await mqtt.close()
        await asyncio.wait({task}, timeout=2)
        assert task.done()


@dataclass
class Listener:
    """Another client of the broker: newest payload per topic, and all of them in order."""

    client: Client
    newest: dict[str, bytes] = field(default_factory=dict)
    all: list[tuple[str, bytes]] = field(default_factory=list)

    async def listen(self) -> None:
        async for message in self.client.messages:
            self.newest[message.topic.value] = message.payload
            self.all.append((message.topic.value, message.payload))


@asynccontextmanager
async def listener(port: int) -> AsyncIterator[Listener]:
    async with Client("127.0.0.1", port, protocol=ProtocolVersion.V311) as client:
        await client.subscribe("#", qos=1)
        heard = Listener(client)
        task = asyncio.create_task(heard.listen())
        yield heard
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()


async def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


def command(turn: int) -> Post:
    return p.post(TOPICS, p.Recognized(turn=turn, intent="HassTurnOn", slots={}, confidence=1.0))


async def test_states_are_retained_and_events_are_not(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours:
        ours.mqtt.publish(p.post(TOPICS, p.AssistState(state="idle")))
        ours.mqtt.publish(command(1))
        async with listener(mosquitto.port) as live:
            await until(lambda: ours.mqtt.status.queued == 0 and ours.mqtt.status.protocol)
            await until(lambda: TOPICS.under("state/assist") in live.newest)
        async with listener(mosquitto.port) as late:
            await until(lambda: len(late.newest) == 2)
            assert late.newest[TOPICS.availability] == b"online"
            assert late.newest[TOPICS.under("state/assist")] == b'{"v":1,"state":"idle"}'
        assert ours.mqtt.status.protocol == "5"
        assert ours.mqtt.status.bytes_out > 0


async def test_commands_arrive_typed(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours, listener(mosquitto.port) as other:
        await until(lambda: ours.mqtt.status.protocol)
        await other.client.publish(TOPICS.under("set/mute"), b'{"v":1,"muted":true}')
        await other.client.publish(TOPICS.under("cmd/say"), b'{"v":1,"text":"good evening"}')
        commands = ours.mqtt.commands()
        async with asyncio.timeout(5):
            assert await anext(commands) == p.SetMute(muted=True)
            assert await anext(commands) == p.Say(text="good evening")


async def test_a_broker_killed_in_the_middle(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours:
        ours.mqtt.publish(p.post(TOPICS, p.MuteState(muted=True)))
        await until(lambda: ours.mqtt.status.queued == 0 and ours.mqtt.status.protocol)
        mosquitto.kill()
        await until(lambda: ours.mqtt.status.protocol is None)
        started = time.perf_counter()
        for turn in range(100):
            ours.mqtt.publish(command(turn))
            ours.mqtt.publish(p.post(TOPICS, p.Latency(ms=turn)))
        assert time.perf_counter() - started < 0.5
        assert ours.mqtt.status.dropped == 36
        mosquitto.start()
        async with listener(mosquitto.port) as other:
            await until(lambda: ours.mqtt.status.queued == 0 and ours.mqtt.status.protocol)
            await until(lambda: len(other.newest) == 4)
            # This Mosquitto forgot what it retained: the mute state was sent again.
            assert other.newest[TOPICS.under("state/mute")] == b'{"v":1,"muted":true,"by":null}'
            assert other.newest[TOPICS.under("state/latency")] == b'{"v":1,"ms":99}'
    assert [line.split()[0] for line in ours.said] == ["Connected", "No", "Connected"]


async def test_events_kept_while_it_was_away_are_all_sent(mosquitto: Mosquitto) -> None:
    mosquitto.kill()
    async with hub(mosquitto.port) as ours:
        await until(lambda: ours.said)
        for turn in range(10):
            ours.mqtt.publish(command(turn))
        mosquitto.start()
        async with listener(mosquitto.port) as other:
            await until(lambda: len([t for t, _ in other.all if t.endswith("event/command")]) == 10)
        assert ours.mqtt.status.dropped == 0


async def test_the_last_will_says_offline(mosquitto: Mosquitto) -> None:
    async with listener(mosquitto.port) as other, hub(mosquitto.port) as ours:
        await until(lambda: other.newest.get(TOPICS.availability) == b"online")
        # The same identifier: Mosquitto throws the hub out, as it would a hub that crashed.
        async with Client("127.0.0.1", mosquitto.port, identifier="inglenook_den"):
            await until(lambda: other.newest.get(TOPICS.availability) == b"offline")
        await until(lambda: other.newest.get(TOPICS.availability) == b"online")
        assert ours.mqtt.status.protocol


@pytest.mark.parametrize("how", ["close", "cancel"])
async def test_the_end_is_told_within_a_second(mosquitto: Mosquitto, how: str) -> None:
    async with listener(mosquitto.port) as other, hub(mosquitto.port) as ours:
        await until(lambda: other.newest.get(TOPICS.availability) == b"online")
        started = time.perf_counter()
        if how == "close":
            await ours.mqtt.close()
        else:
            ours.task.cancel()
        await asyncio.wait({ours.task}, timeout=2)
        assert time.perf_counter() - started < 1.0
        await until(lambda: other.newest.get(TOPICS.availability) == b"offline")


async def test_the_end_comes_within_a_second_though_the_broker_hangs(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours:
        await until(lambda: ours.mqtt.status.protocol)
        mosquitto.freeze()
        started = time.perf_counter()
        await ours.mqtt.close()
        assert time.perf_counter() - started < 1.0


async def test_without_a_broker_it_is_said_once() -> None:
    async with hub(free_port()) as ours:
        ours.mqtt.publish(command(1))
        await asyncio.sleep(2.5)
        assert len(ours.said) == 1
        assert "No MQTT broker at 127.0.0.1" in ours.said[0]
        assert ours.mqtt.status.queued == 2


async def test_a_wrong_password_is_one_clear_sentence(
    locked_mosquitto: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    async with hub(locked_mosquitto.port, username="hub", password="wrong") as ours:
        await asyncio.sleep(2.0)
        assert len(ours.said) == 1
        assert "refused the user name or the password" in ours.said[0]
        assert "wrong" not in ours.said[0]
    assert caplog.text == ""


async def test_the_right_password_connects(locked_mosquitto: Mosquitto) -> None:
    async with hub(locked_mosquitto.port, username="hub", password="right") as ours:
        await until(lambda: ours.mqtt.status.protocol)
    assert "right" not in repr(MqttOptions("h", password="right"))


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_broker_that_speaks_tls_must_prove_who_it_is(
    secret_mosquitto: Mosquitto, tmp_path: Path
) -> None:
    said: list[str] = []
    for ca_file in (None, str(tmp_path / "ca.pem")):
        options = MqttOptions("127.0.0.1", secret_mosquitto.port, tls=True, ca_file=ca_file)
        mqtt = Mqtt(options, TOPICS, said.append)
        task = asyncio.create_task(mqtt.run())
        await until(lambda: len(said) == (1 if ca_file is None else 2))  # noqa: B023 - awaited here
        await mqtt.close()
        await asyncio.wait({task}, timeout=2)
        del mqtt, task
        gc.collect()
    assert "CERTIFICATE_VERIFY_FAILED" in said[0]
    assert said[1].startswith("Connected")


async def test_malformed_messages_are_refused_counted_and_logged_once_without_content(
    mosquitto: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    bad = [
        ("set/mute", b"{not json"),
        ("set/mute", b"\xff\x00"),
        ("set/mute", f'{{"v":1,"{SECRET}":true}}'.encode()),
        ("set/wake_sensitivity", b'{"v":1,"value":"loud"}'),
        ("cmd/format_disk", SECRET.encode()),
        ("cmd/say", b'{"v":1,"text":"%s"}' % (b"x" * 5_000)),
    ]
    async with hub(mosquitto.port) as ours, listener(mosquitto.port) as other:
        await until(lambda: ours.mqtt.status.protocol)
        for place, payload in bad * 3:
            await other.client.publish(TOPICS.under(place), payload, qos=1)
        await until(lambda: ours.mqtt.status.refused == 18)
        await other.client.publish(TOPICS.under("set/mute"), b'{"v":1,"muted":true}', qos=1)
        async with asyncio.timeout(5):
            assert await anext(ours.mqtt.commands()) == p.SetMute(muted=True)
    lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(lines) == 4
    assert all(SECRET not in line and "format_disk" not in line for line in lines)


async def test_ten_megabytes_do_not_reach_a_hub_that_speaks_mqtt_5(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours, listener(mosquitto.port) as other:
        await until(lambda: ours.mqtt.status.protocol)
        await other.client.publish(TOPICS.under("cmd/say"), b"x" * 10_000_000, qos=1)
        await other.client.publish(TOPICS.under("set/mute"), b'{"v":1,"muted":true}', qos=1)
        async with asyncio.timeout(10):
            assert await anext(ours.mqtt.commands()) == p.SetMute(muted=True)
        assert ours.mqtt.status.bytes_in < 1_000


async def test_ten_megabytes_are_refused_after_receipt_over_mqtt_311(
    mosquitto: Mosquitto,
) -> None:
    async with hub(mosquitto.port, only_311=True) as ours, listener(mosquitto.port) as other:
        await until(lambda: ours.mqtt.status.protocol == "3.1.1")
        await other.client.publish(TOPICS.under("cmd/say"), b"x" * 10_000_000, qos=1)
        await until(lambda: ours.mqtt.status.refused == 1)
        assert ours.mqtt.status.protocol


async def test_a_retained_command_is_not_obeyed(mosquitto: Mosquitto) -> None:
    async with listener(mosquitto.port) as other:
        topic = TOPICS.under("set/mute")
        await other.client.publish(topic, b'{"v":1,"muted":false}', qos=1, retain=True)
        async with hub(mosquitto.port) as ours:
            await until(lambda: ours.mqtt.status.refused == 1)


async def test_more_commands_than_can_be_carried_out_are_refused(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours, listener(mosquitto.port) as other:
        await until(lambda: ours.mqtt.status.protocol)
        for _ in range(COMMANDS + 5):
            await other.client.publish(TOPICS.under("set/mute"), b'{"v":1,"muted":true}', qos=1)
        await until(lambda: ours.mqtt.status.refused == 5)


async def test_a_restarted_home_assistant_is_told_everything_again(mosquitto: Mosquitto) -> None:
    async with hub(mosquitto.port) as ours, listener(mosquitto.port) as other:
        ours.mqtt.publish(p.post(TOPICS, p.AssistState(state="idle")))
        await until(lambda: TOPICS.under("state/assist") in other.newest)
        other.newest.clear()
        await other.client.publish("homeassistant/status", b"online")
        await until(lambda: TOPICS.under("state/assist") in other.newest)
        assert TOPICS.availability in other.newest


async def test_what_the_hub_refuses_counts_too(caplog: pytest.LogCaptureFixture) -> None:
    mqtt = Mqtt(MqttOptions("127.0.0.1"), TOPICS, print)
    mqtt.refuse(Refusal.UNKNOWN_DEVICE)
    mqtt.refuse(Refusal.UNKNOWN_DEVICE)
    assert mqtt.status.refused == 2
    assert len(caplog.records) == 1
