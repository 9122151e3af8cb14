"""Which changes of a home make a new grammar."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hub.grammars import Grammars, named_alike, names_of
from intents.home import Area, Entity, Home

_ENTITIES = st.builds(
    Entity,
    id=st.sampled_from(["light.a", "light.b"]),
    name=st.sampled_from(["Lamp", "Light"]),
    domain=st.just("light"),
    aliases=st.sampled_from([(), ("Glow",)]),
    area=st.sampled_from([None, "kitchen"]),
    state=st.sampled_from([None, "on"]),
    attributes=st.sampled_from([{}, {"device_class": "outlet"}, {"brightness": 3}]),
)
_HOMES = st.builds(
    Home,
    areas=st.sampled_from([(), (Area("kitchen", "Kitchen"),)]),
    entities=st.lists(_ENTITIES, max_size=2).map(tuple),
    here=st.sampled_from([None, "kitchen"]),
)


@given(_HOMES, _HOMES)
def test_alike_is_what_has_the_same_names(one: Home, other: Home) -> None:
    assert named_alike(one, other) == (names_of(one) == names_of(other))


def test_a_state_makes_no_new_grammar_and_a_name_does() -> None:
    grammars, lamp = Grammars("en"), Entity("light.a", "Lamp", "light", state="off")
    first = grammars.of(Home(entities=(lamp,)))
    assert grammars.of(Home(entities=(replace(lamp, state="on"),))) is first
    assert grammars.of(Home(entities=(replace(lamp, name="Beam"),))) is not first
    assert grammars.of(Home(entities=(lamp,))) is first
