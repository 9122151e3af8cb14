"""The endpointer: seconds of speech and silence in, a verdict out."""

from hypothesis import given
from hypothesis import strategies as st

from audio.endpoint import Endpointer, Options, Verdict
from audio.frames import RATE, samples

WINDOW = 512
OVER = {Verdict.ENDED, Verdict.CAPPED, Verdict.NO_SPEECH}


def verdict(*parts: tuple[float, float], options: Options | None = None) -> tuple[Verdict, float]:
    """Of (score, seconds) parts: the first verdict that ends the turn and when, else the last."""
    endpointer, now, given_ = Endpointer(options or Options()), 0, Verdict.WAITING
    for score, length in parts:
        for _ in range(round(length * RATE / WINDOW)):
            given_ = endpointer.feed(score, WINDOW)
            now += WINDOW
            if given_ in OVER:
                return given_, now / RATE
    return given_, now / RATE


def test_speech_then_half_a_second_of_silence_ends() -> None:
    given_, at = verdict((0, 1), (1, 1), (0, 2))
    assert given_ is Verdict.ENDED
    assert 2.4 < at < 2.6


def test_a_pause_shorter_than_patience_does_not_end() -> None:
    assert verdict((1, 1), (0, 0.4), (1, 1))[0] is Verdict.SPEAKING


def test_a_click_is_not_speech() -> None:
    given_, at = verdict((0, 1), (1, 0.15), (0, 9))
    assert given_ is Verdict.NO_SPEECH
    assert 4.9 < at < 5.1


def test_a_click_does_not_hide_the_command_after_it() -> None:
    endpointer = Endpointer(Options())
    for score in [1.0] * 5 + [0.0] * 40 + [1.0] * 20:
        endpointer.feed(score, WINDOW)
    assert endpointer.speech_start == 45 * WINDOW


def test_nobody_speaks() -> None:
    given_, at = verdict((0, 9))
    assert given_ is Verdict.NO_SPEECH
    assert 4.9 < at < 5.1


def test_speech_that_begins_just_before_the_wait_is_over_is_heard_out() -> None:
    assert verdict((0, 4.9), (1, 1), (0, 1))[0] is Verdict.ENDED


def test_endless_speech_is_cut() -> None:
    given_, at = verdict((0, 1), (1, 30))
    assert given_ is Verdict.CAPPED
    assert 15.9 < at < 16.1


def test_between_the_thresholds_speech_goes_on_but_does_not_begin() -> None:
    assert verdict((1, 0.5), (0.4, 2))[0] is Verdict.SPEAKING
    assert verdict((0.4, 9))[0] is Verdict.NO_SPEECH


@given(st.lists(st.floats(0, 1), max_size=700), st.sampled_from([160, 256, 512, 1280]))
def test_every_turn_ends_and_keeps_its_last_speech(scores: list[float], window: int) -> None:
    options = Options()
    endpointer, now, over = Endpointer(options), 0, Verdict.WAITING
    for score in scores:
        over = endpointer.feed(score, window)
        now += window
        if over in OVER:
            break
    limit = samples(options.no_speech + options.longest) + 2 * window
    assert over in OVER or now <= limit
    if over is Verdict.ENDED:
        assert endpointer.speech_end is not None
        wait = now - endpointer.speech_end
        assert samples(options.patience) <= wait < samples(options.patience) + window


def test_each_pause_is_told_once_and_again_after_more_speech() -> None:
    endpointer = Endpointer(Options(pauses=(0.2, 0.6), patience=1.5))
    told = []
    now = 0.0
    for score, length in ((1, 1), (0, 0.4), (1, 0.5), (0, 1), (1, 0.5), (0, 2)):
        for _ in range(round(length * RATE / WINDOW)):
            given_, now = endpointer.feed(score, WINDOW), now + WINDOW / RATE
            if given_ in OVER | {Verdict.PAUSED}:
                told.append((given_, endpointer.pauses, round(now, 1)))
            if given_ in OVER:
                break
    paused = [(pauses, at) for verdict_, pauses, at in told if verdict_ is Verdict.PAUSED]
    assert paused == [(1, 1.2), (1, 2.1), (2, 2.5), (1, 3.6), (2, 4.0)]
    assert told[-1][0] is Verdict.ENDED


def test_a_click_is_no_pause() -> None:
    endpointer = Endpointer(Options(pauses=(0.2,)))
    scores = [1.0] * 4 + [0.0] * 40
    assert Verdict.PAUSED not in [endpointer.feed(score, WINDOW) for score in scores]


def test_a_television_in_the_background_does_not_keep_a_command_open() -> None:
    def ended_at(background: float) -> float:
        endpointer, now = Endpointer(Options()), 0
        for power, length in ((1.0, 2), (background, 9)):
            for _ in range(round(length * RATE / WINDOW)):
                now += WINDOW
                if endpointer.feed(1.0, WINDOW, power) in OVER:
                    return now / RATE
        return 99.0

    assert 2.5 < ended_at(0.01) < 3.2
    assert ended_at(0.2) == 99.0
