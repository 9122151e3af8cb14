"""Settings text in which some values are changed: what its owner wrote stays to the character."""

import difflib
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.changing.text import GONE, CannotChange, Place, changed

OWN = """\
# my hub
area:   Kitchen   # where it stands
listen:
  silence: 1.2    # I speak slowly

# the door
cameras:
  porch:
    never_see:
    - [[0,0],[1,0],[1,1]]  # the neighbour's
    url: rtsp://x/y
    zones: {step: {corners: [[0.2,0.2],[0.8,0.2],[0.8,0.9]]}}
    name: |
      Porch
  # the yard comes later
page:   # mine
"""
TWO_AREAS = [[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 1], [0, 1]]]
STEP: Place = ("cameras", "porch", "zones", "step")


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        (
            {("area",): "Hall"},
            ["-area:   Kitchen   # where it stands", "+area:   Hall   # where it stands"],
        ),
        ({("listen", "sensitivity"): 0.4}, ["+  sensitivity: 0.4"]),
        ({("page", "port"): 9000}, ["+  port: 9000"]),
        ({("speaker", "earcons"): False}, ["+speaker:", "+  earcons: false"]),
        ({("cameras", "porch", "fps"): 2.0}, ["+    fps: 2.0"]),
        ({("cameras", "porch", "url"): GONE}, ["-    url: rtsp://x/y"]),
        (
            {("listen", "silence"): GONE},
            ["-listen:", "-  silence: 1.2    # I speak slowly", "+listen: {}"],
        ),
        (
            {("cameras", "porch", "never_see"): TWO_AREAS},
            ["+    - [[0, 0], [1, 1], [0, 1]]"],
        ),
        (
            {("cameras", "porch", "never_see"): []},
            [
                "-    never_see:",
                "-    - [[0,0],[1,0],[1,1]]  # the neighbour's",
                "+    never_see: []",
            ],
        ),
        ({("nothing", "here"): GONE}, []),
    ],
)
def test_only_the_lines_of_what_is_changed(
    changes: Mapping[Place, object], lines: list[str]
) -> None:
    found = difflib.ndiff(OWN.splitlines(), changed(OWN, changes).splitlines())
    told = [f"{line[0]}{line[2:]}" for line in found if line[0] in "+-"]
    assert sorted(told) == sorted(lines)


LIST = (
    "never_see:\n  - [1, 1]  # the first\n  # of theirs\n  - - 2\n    - 2\n  - [3, 3]  # the last\n"
)


@pytest.mark.parametrize(
    ("items", "gone", "come"),
    [
        ([[1, 1], [3, 3]], ["  - - 2", "    - 2"], []),
        ([[2, 2], [3, 3]], ["  - [1, 1]  # the first"], []),
        ([[1, 1], [2, 2]], ["  - [3, 3]  # the last"], []),
        ([[1, 1], [2, 2], [3, 4]], ["  - [3, 3]  # the last"], ["  - [3, 4]  # the last"]),
        ([[1, 1], [9, 9], [3, 3]], ["  - - 2", "    - 2"], ["  - [9, 9]"]),
        ([[1, 1], [2, 2], [3, 3], [4, 4]], [], ["  - [4, 4]"]),
    ],
)
def test_the_other_items_of_a_list_keep_their_comments(
    items: list[list[int]], gone: list[str], come: list[str]
) -> None:
    found = changed(LIST, {("never_see",): items})
    lines = [line for line in LIST.splitlines() if line not in gone]
    assert sorted(found.splitlines()) == sorted(lines + come)
    assert yaml.safe_load(found)["never_see"] == items


def test_a_zone_of_its_own_in_braces_and_in_lines() -> None:
    corners = [[0.1, 0.2], [0.3, 0.2], [0.3, 0.4]]
    in_braces = changed(OWN, {(*STEP[:-1], "mat"): {"name": "the mat: 2", "corners": corners}})
    assert '0.9]]}, mat: {name: "the mat: 2", corners: [[0.1, 0.2], [0.3, 0.2], [0.3, 0.4]]}}' in (
        in_braces
    )
    none_left = changed(OWN, {STEP: GONE})
    assert "    zones: {}\n" in none_left
    in_lines = changed("cameras:\n  porch:\n    fps: 2\n", {STEP: {"corners": corners}})
    assert in_lines.endswith(
        "    zones:\n      step:\n        corners: [[0.1, 0.2], [0.3, 0.2], [0.3, 0.4]]\n"
    )


@pytest.mark.parametrize("text", ["", "# nothing yet", "# nothing yet\n", "{}", "a: 1"])
def test_a_file_that_says_little(text: str) -> None:
    found = changed(text, {("listen", "silence"): 1.0})
    assert found.startswith(text.removesuffix("{}"))
    assert yaml.safe_load(found)["listen"] == {"silence": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "base: &b {silence: 1}\nlisten: *b\n",
        "base: &b\n  silence: 1\nlisten:\n  <<: *b\n",
        "- a\n",
        "listen: 5\n",
    ],
)
def test_odd_forms_are_left_alone(text: str) -> None:
    with pytest.raises(CannotChange):
        changed(text, {("listen", "silence"): 1.5})


@pytest.mark.parametrize("word", ["no", "12:30", "null", "~", "", " a", "a #b", "a: b", "ü", "1e3"])
def test_text_stays_text(word: str) -> None:
    assert yaml.safe_load(changed(OWN, {("area",): word}))["area"] == word


KEYS = st.sampled_from(["a", "bc", "on_the_left", "d"])
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-9, 9999),
    st.sampled_from([0.5, 0.001, 12.0]),
    st.text("ab :#'\"{}[]-\n", max_size=6),
    st.lists(st.integers(0, 9), max_size=3),
    st.lists(st.lists(st.integers(0, 1), max_size=2), max_size=4),
)
SECTIONS = st.recursive(
    st.dictionaries(KEYS, LEAVES, max_size=3),
    lambda inner: st.dictionaries(KEYS, LEAVES | inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(
    values=SECTIONS,
    is_flow=st.sampled_from([None, False, True]),
    place=st.lists(KEYS, min_size=1, max_size=3).map(tuple),
    value=LEAVES | SECTIONS | st.just(GONE),
)
def test_any_file_is_changed_as_wanted_or_not_at_all(
    values: dict[str, object], is_flow: bool | None, place: Place, value: object
) -> None:
    """`changed` compares what it made with what was wanted: here, that it rarely gives up."""
    text = f"# mine\n{yaml.safe_dump(values, default_flow_style=is_flow)}# and below\n"
    try:
        found = changed(text, {place: value})
    except CannotChange:
        node: object = values
        for key in place[:-1]:
            node = node.get(key, {}) if isinstance(node, dict) else node
        assert not isinstance(node, dict)
    else:
        assert found.startswith("# mine\n")
        assert "# and below\n" in found
