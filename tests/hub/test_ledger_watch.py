"""Every byte is in the ledger, whoever made the socket and however short it lived."""

import asyncio
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiomqtt
import pytest

from hub.ledger.entries import Destination, Traffic
from hub.ledger.purposes import Endpoint
from integrations.broker import Broker, BrokerOptions
from tests.hub.ledger_parts import Kept, kept
from tests.hub.ledger_peer import Peer, peer
from tests.mosquitto import Mosquitto, free_port

HERE = "127.0.0.1"


def open_now() -> int:
    """Descriptors."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Kept]:
    with kept(tmp_path) as made:
        yield made


@pytest.fixture
def other() -> Iterator[Peer]:
    with peer() as started:
        yield started


def test_a_connection_of_milliseconds_is_counted(book: Kept, other: Peer) -> None:
    with socket.create_connection((HERE, other.port)) as line:
        line.sendall(b"0123456789")
    book.look()
    assert other.received() == 10
    assert book.of(HERE, other.port) == Traffic(connections=1, bytes_out=10)


def test_a_hundred_short_ones_between_two_looks(book: Kept, other: Peer) -> None:
    for size in range(100):
        with socket.create_connection((HERE, other.port)) as line:
            line.sendall(bytes(size))
    book.look()
    assert sum(other.received() for _ in range(100)) == 4_950
    assert book.of(HERE, other.port) == Traffic(connections=100, bytes_out=4_950)


def test_what_a_slow_peer_takes_after_the_close_is_counted(book: Kept) -> None:
    with peer(pause=0.5) as slow:
        with socket.create_connection((HERE, slow.port)) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_000_000)
            line.setblocking(False)
            sent = line.send(bytes(30_000_000))
        book.look()
        assert book.of(HERE, slow.port).bytes_out < sent
        book.look_until_closed()
        assert book.of(HERE, slow.port).bytes_out == sent == slow.received()


def test_a_peer_that_never_takes_it_is_not_waited_for_longer(book: Kept) -> None:
    with peer(pause=30) as stuck:
        book.look()
        before = open_now()
        with socket.create_connection((HERE, stuck.port)) as line:
            line.setblocking(False)
            sent = line.send(bytes(30_000_000))
        for _ in range(11):
            book.look()
        assert open_now() == before
        assert book.of(HERE, stuck.port).bytes_out == sent


def test_an_end_that_waits_behind_bytes_is_no_byte(book: Kept) -> None:
    with peer(pause=30) as stuck, socket.create_connection((HERE, stuck.port)) as line:
        line.setblocking(False)
        sent = line.send(bytes(30_000_000))
        line.shutdown(socket.SHUT_WR)
        book.ledger.close(book.now)
        assert book.of(HERE, stuck.port).bytes_out == sent


def test_it_grows_while_it_lives(book: Kept, other: Peer) -> None:
    with socket.create_connection((HERE, other.port)) as line:
        for total in (3, 6, 9):
            line.sendall(b"abc")
            book.look()
            assert book.of(HERE, other.port) == Traffic(connections=1, bytes_out=total)


def test_a_refused_one_is_written_down_without_bytes(book: Kept) -> None:
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        port = closed.getsockname()[1]
        with socket.socket() as line:
            assert line.connect_ex((HERE, port))
        book.look()
    assert book.of(HERE, port) == Traffic()


def test_a_peer_that_breaks_off_is_still_named(book: Kept) -> None:
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
        line = socket.create_connection((HERE, port))
        accepted, _ = server.accept()
        line.sendall(b"12345")
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        accepted.close()
        book.ledger.close(book.now)
        line.close()
    assert book.of(HERE, port) == Traffic(connections=1, bytes_out=5)


async def test_asyncio(book: Kept, other: Peer) -> None:
    _, writer = await asyncio.open_connection(HERE, other.port)
    writer.writelines([b"ab", b"cd"])
    writer.close()
    await writer.wait_closed()
    book.look()
    assert other.received() == 4
    assert book.of(HERE, other.port) == Traffic(connections=1, bytes_out=4)


async def test_one_who_connects_to_us_for_a_moment(book: Kept) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    server = await asyncio.start_server(answer, HERE, 0)
    port = server.sockets[0].getsockname()[1]
    ask = f"import socket; socket.create_connection(('{HERE}', {port})).recv(9)"
    async with server:
        client = await asyncio.create_subprocess_exec(sys.executable, "-c", ask)
        await client.wait()
        book.look()
    assert book.of(HERE, port, "tcp", "from") == Traffic(connections=1, bytes_out=5)


async def test_mqtt_to_a_real_broker(book: Kept, mosquitto: Mosquitto) -> None:
    with peer(target=mosquitto.port) as between:
        async with aiomqtt.Client(HERE, between.port) as client:
            for size in (1, 100, 10_000):
                await client.publish("t", bytes(size), qos=1)
                book.look()
        book.look()
        book.look()
        out = between.received()
        assert out > 10_101
        assert book.of(HERE, between.port).bytes_out == out


async def test_mqtt_over_tls(book: Kept, secret_mosquitto: Mosquitto, tmp_path: Path) -> None:
    tls = ssl.create_default_context(cafile=tmp_path / "ca.pem")
    with peer(target=secret_mosquitto.port) as between:
        async with aiomqtt.Client(HERE, between.port, tls_context=tls) as client:
            await client.publish("t", bytes(1_000), qos=1)
        book.look()
        book.look()
        out = between.received()
        assert out > 1_300
        assert book.of(HERE, between.port) == Traffic(
            connections=1, bytes_out=out, bytes_in=book.of(HERE, between.port).bytes_in
        )


async def test_what_our_own_broker_sends_is_what_its_client_gets(book: Kept) -> None:
    port = free_port()
    broker = Broker(BrokerOptions(HERE, port))
    await broker.start()
    async with aiomqtt.Client(HERE, port) as client:
        await client.subscribe("t")
        await client.publish("t", bytes(5_000), qos=1)
    await broker.stop()
    book.look()
    ours, theirs = book.of(HERE, port, "tcp", "from"), book.of(HERE, port)
    assert (ours.connections, ours.unannounced) == (1, 0)
    assert min(ours.bytes_out, ours.bytes_in) > 5_000
    # An end that came may be counted as a byte, once both have ended.
    assert theirs.bytes_in - ours.bytes_out in (0, 1)
    assert ours.bytes_in - theirs.bytes_out in (0, 1)


def test_names_that_are_asked_for(book: Kept) -> None:
    socket.getaddrinfo("localhost", 80)
    socket.getaddrinfo(HERE, 80)
    socket.gethostbyname("localhost")
    book.look()
    names = {each.address for each in book.entries() if each.protocol == "lookup"}
    assert names == {"localhost"}
    assert book.of("localhost", 0, "lookup") == Traffic(messages=2)


def test_ipv6(book: Kept) -> None:
    with peer("::1") as six:
        with socket.create_connection(("::1", six.port)) as line:
            line.sendall(b"123")
        book.look()
        assert six.received() == 3
    assert book.of("::1", six.port) == Traffic(connections=1, bytes_out=3)


def test_ipv4_through_an_ipv6_socket_is_named_as_ipv4(book: Kept, other: Peer) -> None:
    with socket.socket(socket.AF_INET6) as line:
        line.connect((f"::ffff:{HERE}", other.port))
        book.look()
    assert book.of(HERE, other.port).connections == 1


def test_sockets_of_this_machine_that_are_no_network_are_not_in_it(book: Kept) -> None:
    one, two = socket.socketpair()
    with one, two:
        one.sendall(b"private")
        book.look()
    assert book.entries() == {}


def test_purposes(tmp_path: Path, other: Peer) -> None:
    named = Endpoint("localhost", other.port, "broker")
    with kept(tmp_path, named) as book, peer() as unknown:
        for port in (other.port, unknown.port):
            socket.create_connection((HERE, port)).close()
        book.look()
        time.sleep(0.3)
        book.now += 10
        book.look()
        entries = book.entries()
        assert entries[Destination(HERE, other.port)].purpose == "broker"
        assert entries[Destination(HERE, unknown.port)].purpose == ""


def test_no_descriptor_is_kept(tmp_path: Path, other: Peer) -> None:
    before = open_now()
    with kept(tmp_path) as book:
        for _ in range(20):
            socket.create_connection((HERE, other.port)).close()
        book.look()
    socket.create_connection((HERE, other.port)).close()
    assert open_now() == before


def test_too_many_between_two_looks_are_told(book: Kept) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for _ in range(1_005):
            line.sendto(b"", (HERE, 9))
        book.look()
    assert book.of(HERE, 9, "udp") == Traffic(messages=1_000)
    assert book.of("an unknown address", 0, "udp") == Traffic(unannounced=5)
