"""Several wishes in one breath, in any language: parts that are sentences, or share their words.

"Schalte das Licht und den Ventilator aus" is two sentences that share their first and last word.
"""

from collections.abc import Callable, Iterator, Sequence

from intents.wishes import Wish

Words = tuple[str, ...]
Exact = Callable[[str], tuple[Wish, ...]]
"""A sentence by the templates; none where it fits none."""
_MOST = 6
"""Parts of one sentence."""
_FIRST, _LAST = 3, 2
"""Words at the beginning and at the end that parts may share."""


def several(said: Words, joins: Sequence[Words], exact: Exact) -> tuple[Wish, ...]:
    """The wishes of all parts, or none."""
    parts = list(_parts(said, joins))
    if not 1 < len(parts) <= _MOST:
        return ()
    own = [exact(" ".join(part)) for part in parts]
    filled = [wishes or _completed(parts, at, exact) for at, wishes in enumerate(own)]
    if not all(filled):
        return ()
    shared = {
        w.intent for mine, all_of in zip(own, filled, strict=True) if not mine for w in all_of
    }
    return tuple(
        wish
        for at, wishes in enumerate(filled)
        for wish in (_alike(parts, at, shared, exact) if shared and at else ()) or wishes
    )


def _alike(parts: Sequence[Words], at: int, intents: set[str], exact: Exact) -> tuple[Wish, ...]:
    """What shares its words with another part means the same, whatever it may mean alone ("das
    Deckenlicht ein" behind "schalte die Stehlampe und").
    """
    found = _completed(parts, at, exact)
    return found if {wish.intent for wish in found} <= intents else ()


def _parts(said: Words, joins: Sequence[Words]) -> Iterator[Words]:
    part: list[str] = []
    at = 0
    while at < len(said):
        ending = [join for join in joins if said[at : at + len(join)] == join]
        if not ending:
            part.append(said[at])
            at += 1
            continue
        if part:
            yield tuple(part)
        part = []
        at += len(max(ending, key=len))
    if part:
        yield tuple(part)


def _completed(parts: Sequence[Words], at: int, exact: Exact) -> tuple[Wish, ...]:
    """With the first words of an earlier part, the last ones of a later part, or both."""
    for end in _ends(parts[at + 1 :]):
        for start in _starts(parts[:at]):
            if (start or end) and (wishes := exact(" ".join((*start, *parts[at], *end)))):
                return wishes
    return ()


def _starts(before: Sequence[Words]) -> Iterator[Words]:
    yield ()
    if before:
        yield from (before[0][:count] for count in range(1, min(_FIRST, len(before[0]) - 1) + 1))


def _ends(after: Sequence[Words]) -> Iterator[Words]:
    yield ()
    if after:
        last = after[-1]
        yield from (last[len(last) - count :] for count in range(1, min(_LAST, len(last) - 1) + 1))
