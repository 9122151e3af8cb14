"""The topic tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.topics import NodeNameError, Post, Topics, object_id

TOPICS = Topics("den")


def test_the_tree() -> None:
    assert TOPICS.availability == "inglenook/den/availability"
    assert TOPICS.under("state/assist") == "inglenook/den/state/assist"
    assert TOPICS.device("light_lamp", "set") == "inglenook/den/home/light_lamp/set"
    assert TOPICS.config() == "homeassistant/device/inglenook_den/config"
    assert Topics("den", "ha").birth == "ha/status"


@pytest.mark.parametrize(
    "topic", ["other/den/set/mute", "inglenook/denim/set/mute", "inglenook/den"]
)
def test_a_topic_of_somebody_else_has_no_place(topic: str) -> None:
    assert TOPICS.place(topic) is None


@pytest.mark.parametrize("node", ["", "a/b", "a+", "#", "Den", "a b", "x" * 33, "den\n"])
def test_a_node_must_be_one_plain_topic_level(node: str) -> None:
    with pytest.raises(NodeNameError, match="allowed"):
        Topics(node)


@given(st.text(min_size=1))
def test_any_name_becomes_one_level_of_a_topic(name: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c in "_-") for c in object_id(name))


@given(
    st.text(st.characters(exclude_characters=".")), st.text(st.characters(exclude_characters="."))
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (object_id(one) == object_id(other)) == (one == other)


def test_a_post_does_not_show_its_payload() -> None:
    assert "secret" not in repr(Post("inglenook/den/event/command", b"secret", retain=False))
