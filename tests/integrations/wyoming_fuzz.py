"""Events of Wyoming as they should be, as they should not be, and bytes that are none."""

import json
import socket
from contextlib import suppress

from hypothesis import strategies as st

KINDS = (
    *("describe", "ping", "transcribe", "detect", "audio-start", "audio-chunk", "audio-stop"),
    *("synthesize", "synthesize-start", "synthesize-chunk", "synthesize-stop", "transcript"),
    *("select-program", "info", ""),
)
ANSWERS = frozenset(
    {
        *("info", "pong", "error", "transcript", "detection", "not-detected"),
        *("audio-start", "audio-chunk", "audio-stop", "synthesize-stopped"),
    }
)
"""All that may ever be answered."""
_VALUES = {
    "rate": st.sampled_from([16_000, 8_000, 22_050, 96_000, 0, -1, 10**9, 2**70]),
    "width": st.sampled_from([2, 1, 4, 3, 0, -2]),
    "channels": st.sampled_from([1, 2, 8, 9, 0, -1]),
    "timestamp": st.sampled_from([0, 17, -5, 2**63]),
    "text": st.text(max_size=12),
    "names": st.lists(st.sampled_from(["hey_jarvis", "computer", ""]), max_size=3),
    "language": st.sampled_from(["en", "en-GB", "de", "", "\0"]),
    "voice": st.fixed_dictionaries({}, optional={"name": st.text(max_size=3)}),
    "text_format": st.sampled_from(["text", "ssml"]),
    "context": st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
}
_ODD = st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.none(), max_size=2))
_DATA = st.fixed_dictionaries({}, optional=_VALUES) | st.dictionaries(
    st.sampled_from(list(_VALUES)), _ODD, max_size=4
)


@st.composite
def events(draw: st.DrawFn) -> bytes:
    """One event's bytes; now and then its lengths lie."""
    data = json.dumps(draw(_DATA)).encode()
    sound = draw(st.binary(max_size=400) | st.integers(0, 70_000).map(bytes))
    head = {
        "type": draw(st.sampled_from(KINDS)),
        "data_length": len(data) + draw(st.sampled_from([0, 0, 0, 0, 1, -1, 10**9])),
        "payload_length": len(sound) + draw(st.sampled_from([0, 0, 0, 0, 3, -1, 10**12])),
    }
    return json.dumps(head).encode() + b"\n" + data + sound


SAID = st.lists(events() | st.binary(max_size=200), max_size=5).map(b"".join)


def answered(port: int, said: bytes) -> bytes:
    """All that comes back, until it ends or falls silent."""
    found = b""
    place = ("127.0.0.1", port)
    with suppress(ConnectionError), socket.create_connection(place, timeout=5) as line:
        line.sendall(said)  # it may be refused in the middle
        with suppress(OSError):  # it has gone already
            line.shutdown(socket.SHUT_WR)
        while more := line.recv(65_536):
            found += more
    return found


def kinds(answer: bytes) -> list[str]:
    """Of the events that were answered."""
    found = []
    while answer:
        line, _, answer = answer.partition(b"\n")
        head = json.loads(line)
        found.append(str(head["type"]))
        answer = answer[head.get("data_length", 0) + head.get("payload_length", 0) :]
    return found
