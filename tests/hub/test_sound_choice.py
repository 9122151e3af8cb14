"""What senses hears: recordings once, its device where it is not muted, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from hub.children import NOT_READY
from hub.settings import SoundSource
from hub.sound_choice import SoundChoice

SOURCES: tuple[SoundSource, ...] = ("microphone", "recordings", "none")
STEPS = st.lists(st.sampled_from(["start", "muted", "play", "finished", "no device", "crash"]))


def test_the_demo_without_a_microphone_hears_its_own_commands_once() -> None:
    choice = SoundChoice("microphone", samples=True)
    assert choice.start(muted=False) == "microphone"
    assert choice.ended(NOT_READY)
    assert choice.start(muted=False) == "recordings"
    assert choice.may_finish
    assert not choice.ended(0)
    assert choice.start(muted=False) == "microphone"
    assert not choice.ended(NOT_READY)


def test_recordings_are_heard_once_more_when_asked_for() -> None:
    choice = SoundChoice("recordings")
    choice.start(muted=False)
    choice.ended(0)
    assert choice.start(muted=False) == "none"
    choice.play()
    assert choice.start(muted=False) == "recordings"
    choice.ended(1)  # it crashed in the middle
    assert choice.start(muted=False) == "recordings"


@given(st.sampled_from(SOURCES), st.booleans(), STEPS)
def test_muted_it_has_no_device_whatever_came_before(
    wanted: SoundSource, samples: bool, steps: list[str]
) -> None:
    choice = SoundChoice(wanted, samples)
    for step in steps:
        match step:
            case "start":
                assert choice.start(muted=False) in (wanted, "recordings", "none")
            case "muted":
                assert choice.start(muted=True) == "none"
                assert not choice.hears
            case "play":
                choice.play()
            case _:
                choice.ended({"finished": 0, "no device": NOT_READY, "crash": 1}[step])
    assert choice.start(muted=True) == "none"
    assert wanted == "microphone" or choice.start(muted=False) != "microphone"
