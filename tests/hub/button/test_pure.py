"""Which devices are buttons, what a press is, and whose word on muting holds."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.button.kernel import _KEYS_OF, bits, inputs
from hub.button.keys import MICROPHONE_MUTE, MOST, MUTE, NotAButton, muting
from hub.button.presses import EVENT, TOGETHER, Presses
from hub.mute import By, MuteSwitch, Place, place_of
from tests.hub.button.machine import KEYBOARD, Machine, in_words, record

KEYS = st.lists(st.integers(0, 767), max_size=12).map(frozenset)
ROWS = {16: "qwertyuiop", 30: "asdfghjkl", 44: "zxcvbnm"}
LETTERS = {letter: at for first, row in ROWS.items() for at, letter in enumerate(row, first)}
TELL = st.tuples(st.booleans(), st.sampled_from(Place), st.booleans())
"""What a house wants: muted, where, and whether it knows of the last press."""


@given(KEYS, st.sampled_from(string.ascii_lowercase))
def test_what_has_a_letter_is_no_button(keys: frozenset[int], letter: str) -> None:
    with pytest.raises(NotAButton, match="what people type"):
        muting(keys | {LETTERS[letter], MICROPHONE_MUTE})


@given(KEYS)
def test_a_button_has_few_keys_and_one_that_mutes(keys: frozenset[int]) -> None:
    try:
        key = muting(keys)
    except NotAButton:
        return
    assert key in keys
    assert len(keys) <= MOST
    assert not keys & {*LETTERS.values(), *range(2, 12)}
    assert key == MICROPHONE_MUTE or MICROPHONE_MUTE not in keys


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({MICROPHONE_MUTE}, MICROPHONE_MUTE),
        ({MUTE, 114, 115, 164}, MUTE),
        ({MUTE, MICROPHONE_MUTE}, MICROPHONE_MUTE),
        ({28}, 28),
        ({0x100}, 0x100),
    ],
)
def test_the_mute_key_comes_before_any_single_one(keys: set[int], key: int) -> None:
    assert muting(frozenset(keys)) == key


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (KEYBOARD, "type"),
        (frozenset(range(71, 84)), "type"),
        (frozenset(range(0x100, 0x110)), "16 keys"),
        (frozenset({0x110, 0x111, 0x112}), "no mute key"),
        (frozenset({116}), "keycode=248"),
        (frozenset(), "no key"),
    ],
)
def test_others_are_refused_in_plain_words(keys: frozenset[int], why: str) -> None:
    with pytest.raises(NotAButton, match=why):
        muting(keys)


@given(st.lists(st.floats(0, 5), max_size=30), st.data())
def test_presses_are_counted_once_however_they_are_cut(
    gaps: list[float], data: st.DataObject
) -> None:
    at, wanted = 100.0, 0
    records: list[bytes] = []
    for gap in gaps:
        before, at = at, at + gap
        wanted += not records or round(at - before, 5) >= TOGETHER
        records += [record(at, 248, value) for value in (1, 2, 0)]
        records += [record(at, 30, 1), record(at, 248, 1, kind=4), record(at, 0, 0, kind=0)]
    stream, found, presses = b"".join(records), 0, Presses(248)
    while stream:
        size = data.draw(st.integers(1, 3 * EVENT.size))
        found += presses.feed(stream[:size])
        stream = stream[size:]
    assert abs(found - wanted) <= sum(abs(gap - TOGETHER) < 1e-4 for gap in gaps)


def test_what_chatters_is_one_press_and_a_clock_set_back_begins_anew() -> None:
    presses = Presses(248)
    chatter = b"".join(record(100 + n * 0.2, 248, 1) for n in range(10))
    assert presses.feed(chatter) == 1
    assert presses.feed(record(50, 248, 1)) == 1


@given(KEYS)
def test_the_kernel_s_words_are_read_right(keys: frozenset[int]) -> None:
    number = 0
    for word in in_words(keys).split():
        number = number << 64 | int(word, 16)
    assert bits(number) == keys


def test_its_numbers_are_those_of_linux_input_h() -> None:
    """As a C compiler says for x86_64 and aarch64."""
    assert (_KEYS_OF, EVENT.size) == (0x8060_4521, 24)


def test_devices_are_listed_in_order_with_what_they_are(machine: Machine) -> None:
    machine.plug("event10", "button@11")
    machine.plug("event2", "A Keyboard", KEYBOARD)
    machine.plug("event3", "Lid", frozenset())
    found = list(inputs(machine.root))
    assert [each.name for each in found] == ["A Keyboard", "button@11"]
    assert ["type" in each.refused for each in found] == [True, False]


@given(st.lists(TELL | st.none(), max_size=12), st.sampled_from([None, "mqtt", "machine"]))
def test_after_a_press_nobody_farther_away_lifts_it(
    told: list[tuple[bool, Place, bool] | None], at_first: By | None
) -> None:
    """None is a press. A house that is late lifts nothing."""
    switch = MuteSwitch.of(at_first)
    for each in told:
        before = switch.muted, switch.by
        if each is None:
            switch.press()
            assert switch.muted != before[0]
            assert switch.by == "machine"
            continue
        wanted, place, knows = each
        presses = switch.presses if knows else switch.presses - 1
        done = switch.take(wanted, place.word, presses)
        heeded = wanted or knows
        if not heeded or (before == (True, "machine") and place is not Place.MACHINE):
            assert (switch.muted, switch.by) == before
        assert done == (heeded and switch.muted == wanted)


@pytest.mark.parametrize("place", Place)
def test_places_have_words_of_their_own(place: Place) -> None:
    assert place_of(place.word) is place
