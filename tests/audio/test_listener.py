"""One ear, with the real engines, on speech by the hub's own voice."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.asr import whisper
from audio.endpoint import Options as EndpointOptions
from audio.events import Event, GaveUp, GiveUp, Paused, Utterance, Woke
from audio.files import silence
from audio.frames import Frame, Pcm, samples
from audio.listener import Listener, Options
from audio.tts import hibari
from audio.vad import silero
from audio.wake import openwakeword
from audio.wakewords import strip
from tests.audio.sound import cut, quiet, recording, spoken

BLOCK = 320


def hear(listener: Listener, pcm: Pcm, lengths: list[int] | None = None) -> list[Event]:
    """All of `pcm` and then, as a file source does, silence while the listener is busy."""
    steady = [BLOCK] * (len(pcm) // BLOCK + 1)
    events = [e for frame in cut(pcm, lengths or steady) for e in listener.feed(frame)]
    for frame in silence(len(pcm)):
        if not listener.busy:
            break
        events += listener.feed(frame)
    return events


@pytest.fixture
def ear(wake: openwakeword.Engine, vad: silero.Engine) -> Listener:
    return Listener(wake, vad, Options())


@pytest.fixture(scope="module")
def command(voice: hibari.Engine) -> Pcm:
    speech = spoken(voice, "Hey Jarvis, turn on the kitchen light.")
    return np.concatenate((quiet(1.0), speech))


def test_a_wake_word_and_a_command_become_an_utterance(
    ear: Listener, command: Pcm, tiny: whisper.Engine
) -> None:
    woke, utterance = hear(ear, command)
    assert isinstance(woke, Woke)
    assert woke.word == "hey_jarvis"
    assert isinstance(utterance, Utterance)
    assert utterance.start < woke.at < utterance.speech_end < utterance.ended
    assert utterance.ended - utterance.speech_end < samples(0.54)
    words = strip(tiny.transcribe(utterance.pcm).text, woke.word)
    assert words.casefold() == "turn on the kitchen light."


def test_after_a_pause_the_utterance_is_the_command_alone(
    ear: Listener, voice: hibari.Engine, tiny: whisper.Engine
) -> None:
    parts = (quiet(1), spoken(voice, "Hey Jarvis."), quiet(1.5), spoken(voice, "Lights off."))
    woke, utterance = hear(ear, np.concatenate(parts))
    assert isinstance(woke, Woke)
    assert isinstance(utterance, Utterance)
    assert utterance.start > woke.at + samples(0.5)
    assert tiny.transcribe(utterance.pcm).text.casefold() == "lights off."


def test_a_wake_word_alone_gives_up_after_five_seconds(ear: Listener, voice: hibari.Engine) -> None:
    woke, gave_up = hear(ear, np.concatenate((quiet(1), spoken(voice, "Hey Jarvis."))))
    assert isinstance(woke, Woke)
    assert isinstance(gave_up, GaveUp)
    assert gave_up.reason is GiveUp.NO_SPEECH
    assert samples(4.9) < gave_up.at - woke.at < samples(5.6)


def test_without_the_wake_word_nothing_happens(ear: Listener, voice: hibari.Engine) -> None:
    assert hear(ear, spoken(voice, "Turn on the kitchen light.")) == []
    assert not ear.busy


def test_two_commands_in_one_stream(ear: Listener, command: Pcm) -> None:
    kinds = [type(event) for event in hear(ear, np.concatenate((command, quiet(1), command)))]
    assert kinds == [Woke, Utterance, Woke, Utterance]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=30))
def test_how_the_sound_is_cut_changes_nothing(
    models: Path, vad: silero.Engine, command: Pcm, lengths: list[int]
) -> None:
    options = openwakeword.Options()
    names = openwakeword.files(options)
    wake = openwakeword.Engine(options, {name: (models / name).read_bytes() for name in names})
    whole = np.concatenate((command, quiet(1)))
    expected = [(type(e), *marks(e)) for e in hear(Listener(wake, vad, Options()), whole)]
    wake.reset()
    cut_up = hear(Listener(wake, vad, Options()), whole, lengths)
    assert [(type(e), *marks(e)) for e in cut_up] == expected
    assert len(expected) == 2


def marks(event: Event) -> tuple[int, ...]:
    match event:
        case Utterance(pcm, start, speech_end, ended, _) | Paused(
            Utterance(pcm, start, speech_end, ended, _)
        ):
            return start, speech_end, ended, len(pcm), int(pcm.astype(np.int64).sum())
        case Woke(at=at) | GaveUp(at=at):
            return (at,)


def test_lost_sound_ends_the_turn(ear: Listener, command: Pcm) -> None:
    events = [e for frame in cut(command, [BLOCK] * 500) for e in ear.feed(frame)]
    assert [type(event) for event in events] == [Woke]
    [lost] = ear.feed(Frame(quiet(0.02), len(command) + 700))
    assert lost == GaveUp(GiveUp.SOUND_LOST, len(command) + 700)
    assert not ear.busy


def test_lost_sound_while_idle_is_no_event_and_hearing_goes_on(ear: Listener, command: Pcm) -> None:
    list(ear.feed(Frame(quiet(1), 0)))
    late = samples(60)
    events = [e for frame in cut(command, [BLOCK] * 999, late) for e in ear.feed(frame)]
    assert [type(event) for event in events] == [Woke]


def test_a_word_does_not_wake_twice_within_the_refractory_time(
    wake: openwakeword.Engine, vad: silero.Engine, voice: hibari.Engine
) -> None:
    word = np.concatenate((quiet(1), spoken(voice, "Hey Jarvis.")))
    ear = Listener(wake, vad, Options(refractory=60.0))
    kinds = [type(event) for event in hear(ear, np.concatenate((word, quiet(7), word)))]
    assert kinds == [Woke, GaveUp]


def test_the_threshold_can_be_changed_while_it_runs(ear: Listener, command: Pcm) -> None:
    ear.set_threshold("hey_jarvis", 1.1)
    assert hear(ear, command) == []
    ear.set_threshold("hey_jarvis", 0.5)
    later = [e for f in cut(command, [BLOCK] * 999, len(command)) for e in ear.feed(f)]
    assert [type(event) for event in later] == [Woke]


def test_without_a_wake_engine_each_command_is_an_utterance(
    vad: silero.Engine, voice: hibari.Engine
) -> None:
    one, two = spoken(voice, "Turn on the light."), spoken(voice, "Close the kitchen blinds.")
    events = hear(Listener(None, vad, Options()), np.concatenate((one, quiet(1), two)))
    first, second = events
    assert isinstance(first, Utterance)
    assert isinstance(second, Utterance)
    assert first.ended <= second.start


def test_endless_speech_is_cut_at_fifteen_seconds(vad: silero.Engine, voice: hibari.Engine) -> None:
    sentence = spoken(voice, "Turn on the light, close the blinds and then play music.")
    ear = Listener(None, vad, Options())
    loud = sentence[samples(0.4) : -samples(0.5)]
    events = hear(ear, np.tile(loud, samples(18) // len(loud)))
    first = events[0]
    assert isinstance(first, Utterance)
    assert first.capped
    assert samples(14.9) < first.ended - first.start < samples(15.6)


def test_silence_is_no_utterance(vad: silero.Engine) -> None:
    events = hear(Listener(None, vad, Options()), quiet(11))
    assert [type(event) for event in events] == [GaveUp, GaveUp]


def test_a_real_recording_wakes(ear: Listener, data: Path) -> None:
    pcm = recording(data / "wakeword" / "smoke" / "wyoming_hey_jarvis.wav")
    assert isinstance(hear(ear, pcm)[0], Woke)


def test_an_answer_needs_no_wake_word(
    ear: Listener, voice: hibari.Engine, tiny: whisper.Engine
) -> None:
    list(ear.feed(Frame(quiet(1), 0)))
    assert ear.open(3.0)
    assert not ear.open(3.0)
    answer = np.concatenate((quiet(2), spoken(voice, "The kitchen light."), quiet(1)))
    [utterance] = [e for f in cut(answer, [BLOCK] * 999, samples(1)) for e in ear.feed(f)]
    assert isinstance(utterance, Utterance)
    assert tiny.transcribe(utterance.pcm).text.casefold() == "the kitchen light."


def test_an_answer_is_waited_for_as_long_as_was_said(ear: Listener) -> None:
    assert ear.open(2.0)
    [gave_up] = ear.feed(Frame(quiet(4), 0))
    assert isinstance(gave_up, GaveUp)
    assert samples(1.9) < gave_up.at < samples(2.1)
    assert not ear.busy


def test_instead_of_an_answer_a_wake_word_may_come(ear: Listener, command: Pcm) -> None:
    assert ear.open(8.0)
    woke, utterance = hear(ear, command)
    assert isinstance(woke, Woke)
    assert isinstance(utterance, Utterance)
    assert utterance.start < woke.at < utterance.speech_end


def test_nothing_said_shows_in_a_repr(ear: Listener, command: Pcm) -> None:
    for event in hear(ear, command):
        assert "array" not in repr(event)
        assert "pcm" not in repr(event)


def test_a_pause_is_told_and_the_turn_may_be_finished_there(
    vad: silero.Engine, voice: hibari.Engine
) -> None:
    first, second = spoken(voice, "Turn on the light."), spoken(voice, "Close the blinds.")
    sound = np.concatenate((first, quiet(0.3), second))
    options = Options(endpointing=EndpointOptions(pauses=(0.2, 0.6), patience=1.5))
    ear = Listener(None, vad, options)
    events = hear(ear, sound)
    told = [event.silence for event in events if isinstance(event, Paused)]
    assert {0.2, 0.6} <= set(told)
    [whole] = [event for event in events if isinstance(event, Utterance)]
    assert len(whole.pcm) > len(first) + len(second)
    ear = Listener(None, vad, options)
    heard = []
    for event in ear.feed(Frame(sound, 0)):
        if isinstance(event, Paused) and event.silence == 0.6:
            heard.append(event.so_far)
            ear.finish()
    assert heard
    assert heard[0].ended < len(first) + samples(0.3)
