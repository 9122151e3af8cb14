"""The embedded broker: real connections, real refusals."""

import asyncio
import socket
import warnings

import pytest
from aiomqtt import Client, MqttError

from integrations import payloads as p
from integrations.broker import Broker, BrokerOptions, BrokerStartError
from integrations.topics import Topics
from tests.integrations.test_mqtt import hub, listener, until
from tests.mosquitto import free_port

TOPICS = Topics("den")


@pytest.mark.parametrize("known", [True, pytest.param(False, marks=pytest.mark.slow)])
async def test_the_hub_speaks_mqtt_311_with_it(*, known: bool) -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port))
    await broker.start()
    async with hub(port, only_311=known) as ours, listener(port) as other:
        await until(lambda: ours.mqtt.status.protocol == "3.1.1")
        ours.mqtt.publish(p.post(TOPICS, p.AssistState(state="idle")))
        await until(lambda: TOPICS.under("state/assist") in other.newest)
        await other.client.publish(TOPICS.under("set/mute"), b'{"v":1,"muted":true}', qos=1)
        async with asyncio.timeout(5):
            assert await anext(ours.mqtt.commands()) == p.SetMute(muted=True)
    await broker.stop()


async def test_a_client_that_sends_ten_megabytes_is_let_go() -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port))
    await broker.start()
    async with hub(port, only_311=True) as ours:
        await until(lambda: ours.mqtt.status.protocol)
        with pytest.raises(MqttError):
            async with Client("127.0.0.1", port, timeout=1) as other:
                await other.publish(TOPICS.under("cmd/say"), b"x" * 10_000_000, qos=1)
        assert ours.mqtt.status.protocol
        assert ours.mqtt.status.bytes_in == 0
    await broker.stop()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x10\xff\xff\xff\xff\xff",
        b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c\x00\x00\xf0\x00\x32\x02\xff\xff",
        b"\x10\x0e\x00\x04MQTT\x04\x02\x00\x3c\x00\x02\xff\xfe",
    ],
)
async def test_garbage_does_not_hurt_it(garbage: bytes, caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port))
    await broker.start()
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(garbage)
    await asyncio.sleep(0.1)
    writer.close()
    async with hub(port, only_311=True) as ours:
        await until(lambda: ours.mqtt.status.protocol)
    await broker.stop()
    assert "Unhandled" not in caplog.text


async def test_it_stops_and_starts_again_on_the_same_port() -> None:
    port = free_port()
    async with hub(port, only_311=True) as ours:
        for _ in range(2):
            broker = Broker(BrokerOptions(port=port))
            await broker.start()
            await until(lambda: ours.mqtt.status.protocol)
            await broker.stop()
            await until(lambda: ours.mqtt.status.protocol is None)


async def test_a_port_in_use_is_said_plainly(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        broker = Broker(BrokerOptions(port=taken.getsockname()[1]))
        with pytest.raises(BrokerStartError, match="another program already does"):
            await broker.start()
    assert caplog.text == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::"])
async def test_a_network_address_without_a_password_is_refused(address: str) -> None:
    with pytest.raises(BrokerStartError, match="open to everybody"):
        Broker(BrokerOptions(address))
    with pytest.raises(BrokerStartError, match="open to everybody"):
        Broker(BrokerOptions(address, username="hub", password=""))


async def test_an_address_must_be_in_digits() -> None:
    with pytest.raises(BrokerStartError, match="in digits"):
        Broker(BrokerOptions("localhost"))


async def test_on_the_network_only_the_password_opens() -> None:
    port = free_port()
    broker = Broker(BrokerOptions("0.0.0.0", port, "hub", "right"))
    await broker.start()
    for name, word in ((None, None), ("hub", "wrong"), ("x", "right")):
        client = Client("127.0.0.1", port, username=name, password=word, timeout=3)
        with pytest.raises(MqttError):
            await client.__aenter__()
    async with hub(port, only_311=True, username="hub", password="right") as ours:
        await until(lambda: ours.mqtt.status.protocol)
    assert "right" not in repr(BrokerOptions(password="right"))
    await broker.stop()


async def test_the_hub_says_that_the_password_is_wrong() -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port, username="hub", password="right"))
    await broker.start()
    async with hub(port, only_311=True, username="hub", password="wrong") as ours:
        await until(lambda: ours.said)
        assert "refused the user name or the password" in ours.said[0]
    await broker.stop()


async def test_the_last_will_says_offline() -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port))
    await broker.start()
    async with listener(port) as other:
        async with hub(port, only_311=True):
            await until(lambda: other.newest.get(TOPICS.availability) == b"online")
        await until(lambda: other.newest.get(TOPICS.availability) == b"offline")
    await broker.stop()


async def test_it_stops_though_a_client_says_nothing() -> None:
    port = free_port()
    broker = Broker(BrokerOptions(port=port))
    await broker.start()
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(0.1)
    async with asyncio.timeout(1):
        await broker.stop()
    writer.close()
    await writer.wait_closed()


async def test_it_warns_of_nothing() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        broker = Broker(BrokerOptions(port=free_port()))
        await broker.start()
        await broker.stop()
    assert seen == []
