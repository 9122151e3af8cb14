"""Whether to ask "did you mean ...?", and what a yes would teach. Pure."""

from collections.abc import Sequence

from hub.dialogue.choices import WITHIN, Suggestion
from intents.filling import OPEN
from intents.grammar import Grammar
from intents.home import Entity, called
from intents.phrasing.words import words
from intents.wishes import NotUnderstood, Wish

_NEAR = 0.75
"""Share of common words (Dice) from which a sentence may have been meant."""
_LONGEST_PHRASE = 5
"""Words of a name that can be taught."""


def suggestion(
    nearest: Sequence[str], said: str, grammar: Grammar, area: str | None, at: float
) -> Suggestion | None:
    """None where nothing is near enough. `said`: empty where it may not be known."""
    best = next(iter(nearest), None)
    if best is None or OPEN in best or (said and _nearness(said, best) < _NEAR):
        return None
    return meant(best, said, grammar, area, at)


def meant(best: str, said: str, grammar: Grammar, area: str | None, at: float) -> Suggestion | None:
    """What it comes to that this sentence was meant, however far it lies from what was said."""
    wishes = grammar.parse(best, area)
    if isinstance(wishes, NotUnderstood):
        return None
    thing = _named(wishes, grammar.home.entities)
    phrase = _other_name(words(said), words(best), thing) if thing and said else None
    return Suggestion(wishes, at + WITHIN, phrase, thing.id if thing and phrase else None)


def _nearness(one: str, other: str) -> float:
    ours, theirs = frozenset(words(one)), frozenset(words(other))
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _named(wishes: Sequence[Wish], entities: Sequence[Entity]) -> Entity | None:
    names = [str(w.slots["name"]) for w in wishes if "name" in w.slots]
    found = [e for e in entities if names and called(e, names[0])]
    return found[0] if len(found) == 1 and len(wishes) == 1 else None


def _other_name(said: Sequence[str], best: Sequence[str], thing: Entity) -> str | None:
    """What stood in the place of the thing's name, if the rest was the same."""
    name = words(thing.name)
    for at in range(len(best) - len(name) + 1):
        if tuple(best[at : at + len(name)]) != name:
            continue
        before, after = tuple(best[:at]), tuple(best[at + len(name) :])
        end = len(said) - len(after)
        same = tuple(said[:at]) == before and tuple(said[end:]) == after
        phrase = said[at:end]
        if same and 0 < len(phrase) <= _LONGEST_PHRASE:
            return " ".join(phrase).removeprefix("the ")
    return None
