"""The wake word goes, the command stays."""

import pytest

from audio.wakewords import strip


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("Hey Jarvis, turn on the lamp.", "hey_jarvis", "turn on the lamp."),
        ("hey jarvis turn on the lamp", "hey_jarvis", "turn on the lamp"),
        ("Jarvis, turn on the lamp.", "hey_jarvis", "turn on the lamp."),
        ("Hi Jarvus! Lights off.", "hey_jarvis", "Lights off."),
        ("Hey Jarvis.", "hey_jarvis", ""),
        ("Alexa. What time is it?", "alexa", "What time is it?"),
        ("Alexis, what time is it?", "alexa", "what time is it?"),
        ("Okay Nabu, open the door", "okay_nabu", "open the door"),
        ("Hey Mycroft, stop", "hey_mycroft", "stop"),
    ],
)
def test_a_leading_wake_word_is_taken_off(text: str, word: str, rest: str) -> None:
    assert strip(text, word) == rest


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Turn on the lamp.", "hey_jarvis"),
        ("Play jazz", "hey_jarvis"),
        ("Set a timer called Jarvis", "hey_jarvis"),
        ("Turn Jarvis off", "hey_jarvis"),
        ("Play Alexa by the band", "alexa"),
        ("Relax the blinds", "alexa"),
        ("Service the boiler", "hey_jarvis"),
        ("Microwave off", "hey_mycroft"),
        ("", "alexa"),
        ("...", "alexa"),
    ],
)
def test_a_command_is_left_whole(text: str, word: str) -> None:
    assert strip(text, word) == text
