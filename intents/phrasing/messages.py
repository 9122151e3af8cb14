"""What is told to the whole house. Pure; English."""

from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.wishes import Wish

TO_ALL = (
    *(("tell", "everyone"), ("tell", "everybody"), ("tell", "the", "house")),
    *(("let", "everyone", "know"), ("let", "everybody", "know")),
)


def broadcast(clause: Clause, _places: Places) -> Wishes:
    """As "tell everyone that dinner is ready"."""
    for start in TO_ALL:
        if clause.tokens[: len(start)] == start:
            message = clause.tokens[len(start) :]
            message = message[1:] if message[:1] in (("that",), ("to",)) else message
            told = {"message": " ".join(message)}
            return (Wish("HassBroadcast", told, NATURAL),) if message else None
    return None
