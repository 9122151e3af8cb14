"""What is right passes; each thing that is wrong is found, and named."""

import base64
from collections.abc import Callable

import msgspec
import pytest

from hub.proof import canary, contraband
from hub.proof.addresses import (
    BROKER,
    BROKER_PORT,
    CAMERA,
    CAMERA_PORT,
    LAN_MACS,
    SATELLITE_PORT,
    STRANGER,
    STRANGER_6,
)
from hub.proof.addresses import SATELLITE as SATELLITE_HOST
from hub.proof.forms import forms
from hub.proof.internet import answer_to
from hub.proof.judge import Evidence, Verdict, judge
from hub.proof.packets import Count, frame
from hub.proof.settings import NAME, SATELLITE, TOPICS
from hub.satellites.speech import RATE
from hub.version import VERSION
from integrations.discovery import hub_discovery
from integrations.payloads import AssistState, Recognized, WakeWord, post
from integrations.topics import ONLINE, Post
from integrations.wyoming.wire import written
from tests.hub.proof.wire import ethernet, ipv4, ipv6, talk, tcp, udp

CONNECT = b"\x10\x10\0\4MQTT\4\2\0\x3c\0\4test"
QUERY = b"\1\2\1\0\0\1" + bytes(6) + b"\7tellall\7example\0\0\1\0\1"
FORMS = forms(TOPICS, NAME)
COMMAND = Recognized(turn=1, intent="HassTurnOn", slots={"name": "lamp"}, confidence=0.9)
RIGHT = (
    Post(TOPICS.availability, ONLINE, retain=True),
    hub_discovery(TOPICS, name=NAME, version=VERSION, satellites=(SATELLITE,)),
    post(TOPICS, AssistState(state="idle")),
    post(TOPICS, COMMAND),
)


def publish(message: Post) -> bytes:
    body = len(message.topic).to_bytes(2, "big") + message.topic.encode() + message.payload
    length, digits = len(body), bytearray()
    while length >= 128:
        digits.append(length % 128 | 128)
        length //= 128
    return bytes((0x30 | message.retain, *digits, length)) + body


def stream(*messages: Post) -> bytes:
    return CONNECT + b"".join(map(publish, messages)) + b"\xe0\0"


def verdict(
    *frames: bytes,
    missed: int = 0,
    ledger: int | None = None,
    keeps_ledger: bool = False,
    files: tuple[str, ...] = (),
    seconds: float = 10.0,
) -> Verdict:
    packets = tuple(frame(each, len(each)) for each in frames)
    arrived = Count(len(frames) + missed, sum(map(len, frames)) + 60 * missed)
    evidence = Evidence(
        packets, arrived, seconds, files=files, keeps_ledger=keeps_ledger, ledger=ledger
    )
    return judge(evidence, FORMS)


def kinds(judged: Verdict) -> set[str]:
    return {finding.kind for finding in judged.findings}


def test_an_honest_hub() -> None:
    said = stream(*RIGHT)
    judged = verdict(*talk(said), keeps_ledger=True, ledger=len(said))
    assert judged.findings == ()
    assert judged.told == len(said)
    assert [each.topic for each in judged.publishes] == [each.topic for each in RIGHT]
    assert judged.elsewhere == ()


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (ipv4(6, STRANGER, tcp(443, 1, b"")), "internet", f"TCP to {STRANGER}:443 (1 packet)"),
        (ipv4(17, STRANGER, udp(53, QUERY)), "names", "asked for the address of tellall.example"),
        (ipv4(17, STRANGER, udp(53, b"\xff" * 90)), "names", f"UDP to {STRANGER}:53"),
        (ipv6(17, STRANGER_6, udp(9, b"1")), "ipv6", f"UDP to [{STRANGER_6}]:9 (1 packet)"),
        (ipv4(6, BROKER, tcp(8883, 1, b"")), "internet", f"TCP to {BROKER}:8883"),
        (ipv4(17, BROKER, udp(1883, b"x")), "internet", f"UDP to {BROKER}:1883"),
        (ethernet(0x0806, b"who has"), "other", "ARP"),
        (ethernet(0x88B5, b"raw", ("66:66:66:66:66:66", LAN_MACS[1])), "other", "0x88b5"),
        (ipv4(6, "127.0.0.1", tcp(80, 1, b"")), "other", "TCP to this machine itself"),
    ],
)
def test_one_packet_astray(data: bytes, kind: str, words: str) -> None:
    judged = verdict(*talk(stream(*RIGHT)), data)
    [finding] = judged.findings
    assert finding.kind == kind
    assert words in finding.words
    assert len(judged.elsewhere) == 1


def changed(change: Callable[[dict[str, object]], None]) -> Post:
    right = post(TOPICS, COMMAND)
    payload: dict[str, object] = msgspec.json.decode(right.payload)
    change(payload)
    return Post(right.topic, msgspec.json.encode(payload), right.retain)


@pytest.mark.parametrize(
    "wrong",
    [
        changed(lambda payload: payload.update(field=1)),
        changed(lambda payload: payload.update(confidence=1.5)),
        changed(lambda payload: payload.update(v=payload.pop("v"))),
        changed(lambda payload: payload.update(slots={str(n): "x" * 80 for n in range(80)})),
        Post(TOPICS.under("state/assist"), b'{"v":1, "state":"idle"}', retain=True),
        Post(TOPICS.under("state/assist"), b'{"v":1,"state":"idle"}', retain=False),
        Post(TOPICS.under("state/sound"), b"{}", retain=True),
        Post(TOPICS.availability, b"perhaps", retain=True),
        Post(TOPICS.config(), b"{}", retain=True),
        Post("elsewhere", b"{}", retain=False),
    ],
)
def test_one_message_out_of_form(wrong: Post) -> None:
    judged = verdict(*talk(stream(*RIGHT, wrong)))
    assert [finding.kind for finding in judged.findings] == ["form"]


def test_what_is_no_mqtt_at_all() -> None:
    assert kinds(verdict(*talk(b"GET / HTTP/1.1\r\n\r\n" * 9))) == {"form"}
    assert kinds(verdict(*talk(stream(*RIGHT) + b"\x30\x60cut"))) == {"form"}
    long_connect = b"\x10\xac\2" + CONNECT[2:] + bytes(300 - len(CONNECT) + 2)
    assert kinds(verdict(*talk(long_connect))) == {"form"}


@pytest.mark.parametrize(
    "piece",
    [
        contraband.BASE64[100:112],
        contraband.HEX[333:345],
        str(contraband.NUMBERS[5]),
    ],
)
def test_smuggled_sound(piece: str) -> None:
    hidden = post(TOPICS, msgspec.structs.replace(COMMAND, slots={"name": f"lamp {piece}"}))
    assert kinds(verdict(*talk(stream(*RIGHT, hidden)))) == {"smuggled"}


def test_raw_samples_are_found_too() -> None:
    assert contraband.found_in(b"x" * 50 + contraband.SOUND[70:90] + b"y") == 12
    assert contraband.found_in(stream(*RIGHT)) == 0


def test_more_events_than_the_door_lets_through() -> None:
    events = [post(TOPICS, WakeWord(turn=n, word="hey_jarvis", score=0.5)) for n in range(400)]
    assert kinds(verdict(*talk(stream(*events)))) == {"flood"}
    assert kinds(verdict(*talk(stream(*events[:40])))) == set()


def test_a_capture_that_is_not_whole() -> None:
    said = talk(stream(*RIGHT))
    assert kinds(verdict(*said, missed=1)) == {"capture"}
    assert kinds(verdict(*said[1:])) == {"capture"}


def test_a_borrowed_hardware_address() -> None:
    """It passes for somebody else's packet, but the kernel counted it."""
    ours = talk(stream(*RIGHT))
    borrowed = ethernet(0x88B5, b"raw", (LAN_MACS[1], LAN_MACS[0]))
    packets = tuple(frame(each, len(each)) for each in (*ours, borrowed))
    arrived = Count(len(packets), sum(packet.size for packet in packets))
    assert kinds(judge(Evidence(packets, arrived, 10.0), FORMS)) == {"capture"}


def test_the_ledger() -> None:
    said = stream(*RIGHT)
    assert kinds(verdict(*talk(said), keeps_ledger=True, ledger=len(said) - 1)) == {"ledger"}
    assert kinds(verdict(*talk(said), keeps_ledger=True)) == {"ledger"}
    assert kinds(verdict(*talk(said))) == set()


def test_a_file_left_behind() -> None:
    assert kinds(verdict(*talk(stream(*RIGHT)), files=("overheard.wav",))) == {"file"}


def test_the_internet_that_is_not_one_knows_every_name() -> None:
    answer = answer_to(QUERY)
    assert answer[:2] == QUERY[:2]
    assert answer[6:8] == b"\0\1"
    assert answer.endswith(b"\0\4" + bytes((203, 0, 113, 53)))
    assert answer_to(QUERY[:-4]) == b""
    assert answer_to(b"") == b""


@pytest.mark.parametrize("picture", [canary.picture(), base64.b64encode(canary.picture())])
def test_a_picture_is_found_in_any_form_whoever_is_told(picture: bytes) -> None:
    for place in ((BROKER, BROKER_PORT), (CAMERA, CAMERA_PORT)):
        judged = verdict(*talk(CONNECT + picture[700:760], to=place))
        assert "smuggled" in kinds(judged)


def test_a_camera_may_be_asked_for_its_stream_and_told_nothing_else() -> None:
    asked = b"GET / HTTP/1.1\r\nHost: camera\r\n\r\n"
    judged = verdict(*talk(asked, to=(CAMERA, CAMERA_PORT)), *talk(stream(*RIGHT), source=41_000))
    assert judged.findings == ()
    assert (judged.asked.packets, judged.asked.bytes) == (2, len(asked))
    much = talk(b"x" * 90_000, to=(CAMERA, CAMERA_PORT), step=1_000)
    assert kinds(verdict(*much)) == {"flood"}


ROOM = (SATELLITE_HOST, SATELLITE_PORT)
SPEECH = {"rate": RATE, "width": 2, "channels": 1}
ANSWER = (
    written("run-satellite", {}),
    written("detection", {}),
    written("transcript", {"text": ""}),
    written("audio-start", SPEECH),
    written("audio-chunk", SPEECH, b"\1\2" * 2_000),
    written("audio-stop", {}),
)


def test_a_satellite_may_be_spoken_to() -> None:
    judged = verdict(*talk(stream(*RIGHT)), *talk(b"".join(ANSWER), to=ROOM, source=42_000))
    assert judged.findings == ()
    assert judged.answered.bytes == len(b"".join(ANSWER))


@pytest.mark.parametrize(
    ("told", "kinds_"),
    [
        (written("transcript", {"text": "what was said"}), {"form"}),
        (written("synthesize", {"text": "x"}), {"form"}),
        (written("detection", {}, b"\1\2" * 100), {"form"}),
        (written("audio-chunk", {**SPEECH, "timestamp": 7}, b"\1\2"), {"form"}),
        (written("audio-chunk", SPEECH, contraband.SOUND[:4_000]), {"smuggled"}),
        (contraband.SOUND[:4_000].replace(b"\n", b""), {"smuggled"}),
        (b"no event\n", {"form"}),
    ],
)
def test_and_told_nothing_else(told: bytes, kinds_: set[str]) -> None:
    judged = verdict(*talk(stream(*RIGHT)), *talk(ANSWER[0] + told, to=ROOM, source=42_000))
    assert kinds(judged) >= kinds_
