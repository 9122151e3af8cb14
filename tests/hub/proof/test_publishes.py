"""MQTT is read as the real library writes it to a real broker, and refused where it is none."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from aiomqtt import ProtocolVersion
from hypothesis import given
from hypothesis import strategies as st

from hub.proof.publishes import Control, NotMqtt, Publish, said, unread
from integrations.connection import MqttOptions, new_client
from integrations.topics import Topics
from tests.mosquitto import Mosquitto

CONNECT = b"\x10\x10\0\4MQTT\4\2\0\x3c\0\4test"
LONG = b"x" * 20_000


class Relay:
    """Between a client and the broker; keeps what the client said."""

    def __init__(self, broker: int) -> None:
        self._broker = broker
        self._gate = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._gate.getsockname()[1]
        self.heard = bytearray()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        client, _ = self._gate.accept()
        with client, socket.create_connection(("127.0.0.1", self._broker)) as broker:
            answers = threading.Thread(target=self._pass, args=(broker, client))
            answers.start()
            with suppress(ConnectionError):  # a client that leaves may not wait for its answers
                while data := client.recv(65_536):
                    self.heard += data
                    broker.sendall(data)
                broker.shutdown(socket.SHUT_WR)
            answers.join()

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                sink.sendall(data)
        except OSError:
            pass  # the client has gone

    def end(self) -> bytes:
        self._thread.join(10)
        self._gate.close()
        return bytes(self.heard)


@pytest.fixture
def relay(mosquitto: Mosquitto) -> Iterator[Relay]:
    relay = Relay(mosquitto.port)
    yield relay
    relay.end()


@pytest.mark.parametrize("protocol", [ProtocolVersion.V311, ProtocolVersion.V5])
def test_what_the_real_client_says(relay: Relay, protocol: ProtocolVersion) -> None:
    async def talk() -> None:
        options = MqttOptions("127.0.0.1", relay.port)
        async with new_client(options, Topics("test"), protocol) as client:
            await client.subscribe("inglenook/test/#", qos=1)
            await client.publish("inglenook/test/state/assist", b"one", qos=1, retain=True)
            await client.publish("inglenook/test/event/command", LONG, qos=0)

    asyncio.run(talk())
    stream = relay.end()
    assert unread(stream) == 0
    assert [each for each in said(stream) if isinstance(each, Publish)] == [
        Publish("inglenook/test/state/assist", b"one", retain=True),
        Publish("inglenook/test/event/command", LONG, retain=False),
    ]
    kinds = {each.kind for each in said(stream) if isinstance(each, Control)}
    assert {"CONNECT", "SUBSCRIBE", "DISCONNECT"} <= kinds


def test_properties_are_seen() -> None:
    connect = CONNECT.replace(b"MQTT\4", b"MQTT\5")
    hidden = b"\x26\0\1a\0\1b"  # a user property
    body = b"\0\5topic" + bytes((len(hidden),)) + hidden + b"payload"
    [_, publish] = said(connect + bytes((0x30, len(body))) + body)
    assert publish == Publish("topic", b"payload", retain=False, properties=len(hidden))


def test_the_end_may_be_missing() -> None:
    stream = CONNECT + b"\x30\x07\0\1tab"
    assert [type(each) for each in said(stream)] == [Control]
    assert unread(stream) == 7


@pytest.mark.parametrize(
    "stream",
    [b"GET / HTTP/1.1\r\n" * 20, b"\x10\x06\0\4HTTP", CONNECT + b"\xf0\0", b"\x30" + b"\xff" * 9],
)
def test_what_is_no_mqtt(stream: bytes) -> None:
    with pytest.raises(NotMqtt):
        tuple(said(stream))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert all(isinstance(each, Publish | Control) for each in said(CONNECT + data))
    except NotMqtt:
        return
