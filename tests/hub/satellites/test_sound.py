"""From a satellite's bytes to frames: all of it, once, on any cut; whatever else it may send."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wyoming.audio import AudioChunk

from audio.frames import RATE, Frame, Pcm
from hub.satellites.hearing import Arrived, SatelliteSound
from hub.satellites.sound_in import MOST, SoundIn, WrongSound
from hub.sound_memory import Ends, SoundReader, SoundWriter, sound_memory
from integrations.wyoming.wire import Events, Refused, WireEvent, written

FORMAT = {"rate": RATE, "width": 2, "channels": 1}


@dataclass
class Way:
    """Both ends, and bytes between them."""

    into: SoundIn
    out: SatelliteSound
    now: float = 100.0

    def send(self, kind: str, data: Mapping[str, str | int], sound: bytes = b"") -> None:
        for event in Events(MOST).feed(written(kind, data, sound)):
            self.into.take(event, self.now)

    def say(self, pcm: Pcm) -> None:
        self.send("audio-chunk", FORMAT, pcm.astype("<i2").tobytes())

    def came(self) -> list[Arrived]:
        return list(self.out.new(self.now))


@pytest.fixture
def memory() -> Iterator[Ends]:
    made = sound_memory()
    yield made
    os.close(made.write)
    os.close(made.read)


@pytest.fixture
def way(memory: Ends) -> Way:
    return Way(SoundIn(SoundWriter(memory.write)), SatelliteSound(SoundReader(memory.read)))


def joined(arrived: list[Arrived]) -> Pcm:
    return np.concatenate([each.frame.pcm for each in arrived])


def is_whole(frames: list[Frame]) -> bool:
    return all(one.end == other.start for one, other in pairwise(frames))


@pytest.mark.parametrize("size", [160, 320, 480, 1_000, 1_024, 20_000])
def test_all_of_it_arrives_once_and_in_order(way: Way, size: int) -> None:
    pcm = np.arange(40_000, dtype=np.int16)
    arrived = []
    for at in range(0, len(pcm), size):
        way.say(pcm[at : at + size])
        arrived += way.came()
    assert np.array_equal(joined(arrived), pcm)
    assert is_whole([each.frame for each in arrived])
    assert way.out.dropped == 0


def test_between_two_streams_there_is_a_gap(way: Way) -> None:
    """A satellite that sends only speech: what it sends next was not said just then."""
    way.say(np.ones(1_024, np.int16))
    way.now += 3.0
    way.say(np.ones(1_024, np.int16))
    frames = [each.frame for each in way.came()]
    gaps = [other.start - one.end for one, other in pairwise(frames)]
    assert sorted(gaps)[-2:] == [0, RATE]


def test_a_short_delay_is_no_gap(way: Way) -> None:
    way.say(np.ones(1_024, np.int16))
    way.now += 0.8
    way.say(np.ones(1_024, np.int16))
    assert is_whole([each.frame for each in way.came()])


def test_where_nothing_comes_silence_is_heard_and_what_comes_then_follows(way: Way) -> None:
    """In a turn: it ends, though its satellite sends nothing more, or sends its answer as another
    stream.
    """
    way.say(np.ones(1_024, np.int16))
    heard = [each.frame for each in way.came()]
    assert way.out.silence(way.now + 0.2) is None
    for later in (0.4, 0.44, 2.0):
        silence = way.out.silence(way.now + later)
        assert silence is not None
        heard.append(silence)
    assert sum(len(frame.pcm) for frame in heard[-3:]) <= 2 * RATE
    way.now += 2.1
    way.say(np.ones(1_024, np.int16))
    assert is_whole([*heard, *(each.frame for each in way.came())])


def test_its_own_wake_word_marks_what_follows(way: Way) -> None:
    way.send("run-pipeline", {"start_stage": "asr", "end_stage": "tts"})
    way.say(np.ones(1_000, np.int16))
    assert [each.woken for each in way.came()] == [True, False, False, False]
    way.send("run-pipeline", {"start_stage": "asr", "end_stage": "tts"})
    way.say(np.ones(320, np.int16))
    assert [each.woken for each in way.came()] == [True]


def test_one_that_was_woken_before_anybody_heard_it_is_heard_from_now_on(way: Way) -> None:
    """It would send sound for ever."""
    way.send("run-pipeline", {"start_stage": "asr", "end_stage": "tts"})
    way.say(np.ones(1_000, np.int16))
    way.out.reader.skip()
    way.say(np.ones(640, np.int16))
    assert [each.woken for each in way.came()] == [True, False]


def test_a_reader_that_is_late_counts_what_it_missed(way: Way) -> None:
    for _ in range(200):
        way.say(np.ones(1_600, np.int16))
    assert way.came()
    assert way.out.dropped > 0


def test_what_comes_faster_than_time_is_dropped_and_counted(way: Way) -> None:
    """Or one satellite could take all that senses can compute."""
    heard, second = 0, np.ones(RATE, np.int16)
    for _ in range(300):
        way.say(second)
        heard += len(joined(way.came()))
        way.now += 0.1
    assert 30 * RATE < heard < 50 * RATE
    assert heard + way.out.dropped == 300 * RATE
    dropped = way.out.dropped
    way.now += 10.0
    way.came()
    for _ in range(20):
        way.say(second)
        assert len(joined(way.came())) == RATE
        way.now += 1.0
    assert way.out.dropped == dropped


@pytest.mark.parametrize(
    "number", [1, 7, 777_777, 1 << 40, (1 << 62) - 1, 1 << 62, (1 << 63) + 5, (1 << 64) - 1]
)
@pytest.mark.parametrize("at", [1, 2, 500])
def test_an_inlet_that_counts_absurdly_deafens_nobody_for_good(
    way: Way, memory: Ends, number: int, at: int
) -> None:
    """In the place that is read next, or in another; what follows it is heard within a round."""
    way.say(np.ones(32_000, np.int16))
    way.came()
    taken_over = SoundWriter(memory.write)
    taken_over._number = number + at - 512 if number > 512 else number - 1
    taken_over.tell(1e308, 0xFFFF_FFFF, b"\1\0" * 320)
    way.came()
    assert way.out.dropped < 1 << 40
    way.into = SoundIn(SoundWriter(memory.write))
    for _ in range(12):
        way.now += 1.0
        way.say(np.ones(RATE, np.int16))
        way.came()
    way.now += 1.0
    way.say(np.full(RATE, 7, np.int16))
    assert np.array_equal(joined(way.came()), np.full(RATE, 7))
    assert SatelliteSound(SoundReader(memory.read)).dropped == 0


def test_a_moment_that_is_yet_to_come_is_none(way: Way, memory: Ends) -> None:
    SoundWriter(memory.write).tell(1e308, 0, b"\1\0" * 320)
    way.came()
    assert way.out.silence(way.now + 1.0) is not None


def test_moments_are_those_of_the_promptest_arrival(way: Way) -> None:
    """Each tenth of a second comes late, but one of them."""
    start = way.now
    for count, late in enumerate((0.05, 0.0, 0.08), 1):
        way.now = start + 0.1 * count + late
        way.say(np.ones(1_600, np.int16))
    [*_, last] = way.came()
    assert way.out.moment_of(last.frame.end) == pytest.approx(start + 0.3, abs=0.001)


@pytest.mark.parametrize(
    "data", [{"rate": 44_100}, {"width": 4}, {"channels": 2}, {"rate": 16_000, "width": 1}]
)
def test_other_sound_is_refused(way: Way, data: dict[str, str | int]) -> None:
    with pytest.raises(WrongSound):
        way.send("audio-chunk", {**FORMAT, **data}, b"\0\0")
    with pytest.raises(WrongSound):
        way.send("audio-chunk", FORMAT, b"\0\0\0")


def test_it_reads_what_the_protocols_own_library_writes(way: Way) -> None:
    event = AudioChunk(RATE, 2, 1, b"\1\0" * 320).event()
    line = {"type": event.type, "data_length": len(json.dumps(event.data))}
    line["payload_length"] = len(event.payload or b"")
    stream = json.dumps(line).encode() + b"\n" + json.dumps(event.data).encode()
    for found in Events(MOST).feed(stream + (event.payload or b"")):
        way.into.take(found, way.now)
    assert len(joined(way.came())) == 320


def events_on_any_cut(stream: bytes, cuts: list[int]) -> list[WireEvent]:
    events, found, at = Events(MOST), [], 0
    for cut in (*sorted(cuts), len(stream)):
        found += list(events.feed(stream[at:cut]))
        at = cut
    return found


@given(
    sizes=st.lists(st.integers(0, 900), min_size=1, max_size=5),
    cuts=st.lists(st.integers(0, 2_000), max_size=8),
)
def test_events_are_the_same_on_any_cut(sizes: list[int], cuts: list[int]) -> None:
    stream = b"".join(written("audio-chunk", FORMAT, b"x" * size) for size in sizes)
    whole = list(Events(MOST).feed(stream))
    assert [len(event.payload) for event in whole] == sizes
    assert events_on_any_cut(stream, [min(cut, len(stream)) for cut in cuts]) == whole


_ANY = st.one_of(
    st.binary(max_size=300),
    st.dictionaries(
        st.sampled_from(["type", "data", "data_length", "payload_length"]),
        st.one_of(
            st.none(),
            st.integers(),
            st.sampled_from(["audio-chunk", "run-pipeline", "ping"]),
            st.dictionaries(st.sampled_from(["rate", "start_stage", "x"]), st.integers()),
        ),
    ).map(lambda found: json.dumps(found).encode() + b"\n"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(_ANY, max_size=6))
def test_whatever_comes_is_taken_or_refused(way: Way, parts: list[bytes]) -> None:
    events = Events(MOST)
    try:
        for part in parts:
            for event in events.feed(part):
                way.into.take(event, way.now)
    except (Refused, WrongSound):
        pass


def test_too_much_is_refused_before_it_is_read() -> None:
    for line in ({"payload_length": 10**12}, {"data_length": -1}, {"data_length": 10**6}):
        with pytest.raises(Refused):
            list(Events(MOST).feed(json.dumps({"type": "audio-chunk", **line}).encode() + b"\n"))
    with pytest.raises(Refused):
        list(Events(MOST).feed(b"a" * 100_000))
