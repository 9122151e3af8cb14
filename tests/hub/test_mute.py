"""Who may lift a mute."""

from hypothesis import given
from hypothesis import strategies as st

from hub.mute import MuteSwitch, Place, lift, set_mute


def test_set_at_the_machine_it_is_lifted_only_there() -> None:
    muted = set_mute(None, Place.MACHINE)
    assert lift(muted, Place.MQTT) == muted
    assert lift(muted, Place.PAGE) == muted
    assert lift(muted, Place.MACHINE) is None


def test_set_on_the_page_or_over_mqtt_it_is_lifted_anywhere() -> None:
    for place in (Place.PAGE, Place.MQTT):
        assert lift(set_mute(None, place), Place.MQTT) is None


@given(st.lists(st.sampled_from(Place), min_size=1))
def test_a_later_mute_never_loosens_an_earlier_one(places: list[Place]) -> None:
    muted = None
    for place in places:
        muted = set_mute(muted, place)
    assert (lift(muted, Place.MQTT) is None) == (Place.MACHINE not in places)


def test_a_late_unmute_is_not_heeded_and_a_late_mute_is() -> None:
    switch = MuteSwitch()
    switch.press()
    assert not switch.take(False, "page", 0)
    assert switch.muted
    switch.press()
    assert switch.take(True, "page", 1)
    assert switch.muted
