"""Recordings of every kind in, replies out; what is no recording is said so in plain words."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream

from audio.files import SoundFileError, WavSink, frames
from audio.frames import RATE, Pcm
from tests.audio.sound import recording

SECONDS = 1.5
TONE = 440.0


def write_wav(path: Path, rate: int = RATE, channels: int = 1, width: int = 2) -> Path:
    """A tone at half of full scale."""
    wave_ = 0.5 * np.sin(2 * np.pi * TONE * np.arange(round(rate * SECONDS)) / rate)
    kind = {1: "u1", 2: "<i2", 4: "<i4"}[width]
    scaled = wave_ * 127 + 128 if width == 1 else wave_ * (2 ** (8 * width - 1) - 1)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(np.repeat(scaled.astype(kind), channels).tobytes())
    return path


def write_coded(path: Path, codec: str, kind: str) -> Path:
    """The tone in another container and coding."""
    tone = 0.5 * np.sin(2 * np.pi * TONE * np.arange(round(48_000 * SECONDS)) / 48_000)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000)
        assert isinstance(stream, AudioStream)
        stream.layout = "mono"
        scaled = tone.astype("f4") if kind.startswith("flt") else (tone * 32767).astype("i2")
        frame = av.AudioFrame.from_ndarray(scaled[np.newaxis], format=kind, layout="mono")
        frame.sample_rate = 48_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def read(path: Path) -> Pcm:
    found = list(frames(path))
    ends = [0, *(frame.end for frame in found)]
    assert [frame.start for frame in found] == ends[:-1]
    return np.concatenate([frame.pcm for frame in found])


def assert_is_the_tone(pcm: Pcm) -> None:
    assert abs(len(pcm) / RATE - SECONDS) < 0.06
    middle = pcm[RATE // 4 : -RATE // 4].astype(float)
    assert np.abs(np.fft.rfft(middle, RATE)).argmax() == pytest.approx(TONE, abs=1)
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.5 * 32767 / np.sqrt(2), rel=0.05)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_wav_of_any_kind(tmp_path: Path, rate: int, channels: int, width: int) -> None:
    assert_is_the_tone(read(write_wav(tmp_path / "a.wav", rate, channels, width)))


@pytest.mark.parametrize(
    ("name", "codec", "kind"),
    [("a.flac", "flac", "s16"), ("a.wav", "pcm_f32le", "flt"), ("a.ogg", "libopus", "flt")],
)
def test_other_codings(tmp_path: Path, name: str, codec: str, kind: str) -> None:
    assert_is_the_tone(read(write_coded(tmp_path / name, codec, kind)))


def test_a_16_khz_recording_is_not_changed(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav")
    assert np.array_equal(read(path), recording(path))


def test_a_silent_recording_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "silent.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(RATE * 2))
    pcm = read(path)
    assert len(pcm) == RATE
    assert not pcm.any()


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_a_truncated_recording_gives_what_is_there(tmp_path: Path, name: str) -> None:
    codec = "flac" if name.endswith("flac") else "pcm_s16le"
    path = write_coded(tmp_path / name, codec, "s16")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert 0.3 * SECONDS < len(read(path)) / RATE < 0.7 * SECONDS


@pytest.mark.parametrize(
    "content",
    [b"", b"not a recording", b"RIFF", b"RIFF\x24\x00\x00\x00WAVEfmt ", bytes(10_000)],
    ids=["empty", "text", "4 bytes", "half a header", "zeros"],
)
def test_what_is_no_recording_is_said_so_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.wav"
    path.write_bytes(content)
    with pytest.raises(SoundFileError, match=r"^odd\.wav .*\.$"):
        list(frames(path))


def test_a_recording_of_no_length_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "short.wav"
    whole = write_wav(path).read_bytes()
    path.write_bytes(whole[:44])
    with pytest.raises(SoundFileError, match="holds no sound"):
        list(frames(path))


def test_a_picture_holds_no_sound(data: Path) -> None:
    with pytest.raises(SoundFileError, match="holds no sound"):
        list(frames(data / "vision" / "ambianic" / "person.jpg"))


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match=r"gone\.wav cannot be opened"):
        list(frames(tmp_path / "gone.wav"))
    with pytest.raises(SoundFileError, match="cannot be opened"):
        list(frames(tmp_path))


def test_a_sink_is_a_whole_file_after_each_reply(tmp_path: Path) -> None:
    path = tmp_path / "replies.wav"
    tone = (8_000 * np.sin(np.arange(24_000) / 9)).astype(np.int16)
    with WavSink(path) as sink:
        assert len(recording(path)) == 0
        sink.play(tone[:RATE], RATE)
        assert np.array_equal(recording(path), tone[:RATE])
        sink.play(tone, 24_000)
        assert abs(len(recording(path)) - 2 * RATE) < 100
    assert abs(len(recording(path)) - 2 * RATE) < 100


def test_a_sink_that_was_never_closed_is_whole_too(tmp_path: Path) -> None:
    path = tmp_path / "replies.wav"
    sink = WavSink(path)
    sink.play(np.ones(100, np.int16), RATE)
    copy = tmp_path / "copy.wav"
    copy.write_bytes(path.read_bytes())
    assert len(recording(copy)) == 100
    sink.close()
