"""Shopping and other lists: add, remove, tick off, clear, read. English.

Items are anybody's words, so that these sentences are taken apart word by word.
"""

from collections.abc import Iterator

from intents.home import Entity
from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause
from intents.wishes import Slot, Wish

_ADD = frozenset({"add", "put", "include", "append", "write", "jot", "note", "place"})
_REMOVE = frozenset(
    {"remove", "delete", "take", "cross", "scratch", "erase", "cancel", "drop", "get"}
)
_DONE = frozenset({"check", "tick", "mark", "complete"})
_CLEAR = frozenset({"clear", "empty", "wipe"})
_ASKING = frozenset(
    (
        "read show tell check display open see give what bring me us out back is are was on in "
        "my the do does did i we have has anything something else item items thing things can "
        "could will would you please how many much contain next today tomorrow now list lists "
        "for this week that which available currently right made make put here there still left "
        "to olly hey say ask up of food and a an know let want"
    ).split()
)
_TO = frozenset({"to", "on", "onto", "in", "into"})
_FROM = frozenset({"from", "off", "out", "of"})
_DETERMINERS = frozenset({"the", "my", "our", "a", "this", "that", "your", "some", "of"})
_BEFORE_A_NAME = _TO | _FROM | _DETERMINERS | _ADD | _REMOVE | _DONE | _CLEAR | {"check", "read"}
_SAME = ({"shopping", "grocery", "groceries", "food"}, {"do", "todo", "task", "tasks", "chores"})
_PRONOUNS = frozenset({"i", "am", "is", "it", "he", "she", "you", "they", "we", "are", "was"})
_NO_GOODS = frozenset(
    "luck here ideas time place order town control touch money patience hand help talk hurry go "
    "leave be sleep rest you to a an more your new holiday".split()
)
_BUY = (
    *(("we", "are", "out", "of"), ("we", "ran", "out", "of"), ("we", "need", "more")),
    *(("we", "are", "running", "low", "on"), ("we", "need", "to", "buy"), ("we", "need")),
    *(("i", "am", "out", "of"), ("i", "need", "to", "buy"), ("we", "need", "to", "get")),
)
_EVERYTHING = frozenset({"everything", "all", "the", "items", "of", "from", "off", "things"})
_LONGEST = 3
"""Words of one thing that is asked for."""
_MOST = 6
"""Words that can be things to buy."""
_NOTHING = frozenset({"this", "that", "it", "item", "items", "something", "an", "new", "list"})
_LEADS = frozenset({",", "and", "we", "let", "me", "have"}) | frozenset(
    {
        "please",
        "kindly",
        "could",
        "can",
        "you",
        "would",
        "i",
        "want",
        "need",
        "hey",
        "olly",
        "us",
        "to",
    }
)


def listed(clause: Clause, places: Places) -> Wishes:
    tokens = clause.tokens
    end = next((i for i, w in enumerate(tokens) if w in ("list", "lists")), None)
    if end is None and tokens[-1:] == ("groceries",):
        tokens, end = (*tokens, "list"), len(tokens)
    if end is None or tokens[end + 1 : end + 2] == ("of",):
        return None
    if tokens[end] == "lists" and set(tokens) <= _ASKING:
        return (Wish("HubListStatus", {}, NATURAL),)
    begin = _begin(tokens, end)
    thing = _which(tokens[begin:end], places)
    if thing is None:
        return None
    name: dict[str, Slot] = {"name": thing.name}
    lead = next((i for i, w in enumerate(tokens) if w not in _LEADS), 0)
    if lead == end:
        return None
    found = _changed(tokens[lead:begin], name) or _asked(tokens, (begin, end), name)
    if found or set(tokens[end + 1 :]) - {"please", "list"}:
        return found
    return _meant_to_be_added(tokens[lead:begin], clause, name)


def _changed(said: tuple[str, ...], name: dict[str, Slot]) -> Wishes:
    """`said`: the verb and all up to the list's name."""
    verb = said[0] if said else ""
    before = tuple(word for word in said[1:] if word not in ("down", "instead"))
    if verb in _REMOVE and before and set(before) <= _EVERYTHING:
        return (Wish("HubListClear", name, NATURAL),)
    if verb in _CLEAR | _REMOVE and not before:
        return (Wish("HubListClear", name, NATURAL),)
    if verb in _ADD and before and before[-1] in _TO:
        return _each("HassListAddItem", before[:-1], name)
    if verb in _REMOVE | _DONE and before and before[-1] in _FROM | _TO:
        intent = "HassListCompleteItem" if verb in _DONE else "HassListRemoveItem"
        return _each(intent, _trimmed(before), name)
    return None


def _meant_to_be_added(before: tuple[str, ...], clause: Clause, name: dict[str, Slot]) -> Wishes:
    """As "tomatoes on the shopping list": without a verb a thing is to be put there."""
    if not before or before[-1] not in _TO or clause.having("ask") or clause.having("turn"):
        return None
    items = before[:-1]
    if not items or items[0] in _ADD | _REMOVE | _DONE | _CLEAR | {"start", "stop", "make"}:
        return None
    if len(items) > _MOST or _PRONOUNS & set(items) or items[0] in _ASKING:
        return None
    return _each("HassListAddItem", items, name)


def more_items(clause: Clause, name: Slot) -> Wishes:
    """Behind a wish about a list: "... and add pears", "... and put rolls on it"."""
    tokens = tuple(w for w in clause.tokens if w not in ("please", "also", "then"))
    tokens = tuple(w for w in tokens if w not in ("instead", "too"))
    if len(tokens) > 1 and tokens[-2:] in (("on", "it"), ("to", "it"), ("on", "there")):
        tokens = tokens[:-2]
    if len(tokens) < 2 or tokens[0] not in _ADD or len(tokens) > _MOST + 1:  # noqa: PLR2004 a verb and a thing
        return None
    return _each("HassListAddItem", tokens[1:], {"name": name})


def _asked(tokens: tuple[str, ...], span: tuple[int, int], name: dict[str, Slot]) -> Wishes:
    begin, end = span
    if tokens[0] in ("is", "are") and tokens[begin - 1] in _TO:
        said = _items(tokens[1 : begin - 1])
        if {"anything", "something"} & set(said):
            return (Wish("HubListStatus", name, NATURAL),)
        item = " ".join(w for w in said if w not in ("there", "any"))
        asked = Wish("HubListItem", {**name, "item": item}, NATURAL)
        return (asked,) if item and len(said) <= _LONGEST else None
    if not set(tokens[:begin]) <= _ASKING or not set(tokens[end + 1 :]) <= _ASKING:
        return None
    every = tokens[end] == "lists" and end - begin <= 1
    return (Wish("HubListStatus", {} if every else name, NATURAL),)


def run_out(clause: Clause, places: Places) -> Wishes:
    """As "we're out of milk", "we need eggs and bread", "buy bananas"."""
    tokens = clause.tokens
    lead = next((each for each in _BUY if tokens[: len(each)] == each), None)
    thing = _which(("shopping",), places)
    if lead is None or thing is None:
        return None
    goods = tuple(w for w in tokens[len(lead) :] if w not in ("please", "some", "any"))
    known = any(s.has("turn") or s.has("thing") or s.has("area") for s in clause.spans)
    if not goods or len(goods) > _MOST or goods[0] in _NO_GOODS or known:
        return None
    return _each("HassListAddItem", goods, {"name": thing.name})


def _begin(tokens: tuple[str, ...], end: int) -> int:
    """Where the list's name begins: behind "to the", "my", "from"."""
    at = end
    while at > 0 and tokens[at - 1] not in _BEFORE_A_NAME and end - at < 3:  # noqa: PLR2004 words
        at -= 1
    if at > 1 and tokens[at - 1] == "to" and tokens[at : at + 1] == ("do",):
        at -= 1
    while at > 0 and tokens[at - 1] in _DETERMINERS:
        at -= 1
    return at


def _which(words: tuple[str, ...], places: Places) -> Entity | None:
    """The list of this home that is called so; "the list" alone is the shopping list."""
    lists = [e for e in places.home.entities if e.domain == "todo"]
    said = {w for w in words if w not in _DETERMINERS and w not in ("new", "to")}
    if not said:
        return _called(lists, _SAME[0]) or (lists[0] if len(lists) == 1 else None)
    for group in _SAME:
        if said & group:
            return _called(lists, group)
    return next((e for e in lists if said <= set(e.name.casefold().split())), None)


def _called(lists: list[Entity], words: set[str]) -> Entity | None:
    return next(
        (e for e in lists if words & set(e.name.casefold().replace("-", " ").split())), None
    )


def _each(intent: str, words: tuple[str, ...], name: dict[str, Slot]) -> Wishes:
    found = tuple(
        Wish(intent, {**name, "item": item}, NATURAL, _ANSWERS[intent]) for item in _split(words)
    )
    return found or None


_ANSWERS = {
    "HassListAddItem": "item_added",
    "HassListRemoveItem": "item_deleted",
    "HassListCompleteItem": "item_completed",
}


def _split(words: tuple[str, ...]) -> Iterator[str]:
    item: list[str] = []
    for word in (*words, "and"):
        if word not in ("and", ",", "plus"):
            item.append(word)
            continue
        if kept := _items(tuple(item)):
            yield " ".join(kept)
        item = []


def _items(words: tuple[str, ...]) -> tuple[str, ...]:
    while words and words[0] in _DETERMINERS:
        words = words[1:]
    return () if set(words) <= _NOTHING | _DETERMINERS else words


def _trimmed(words: tuple[str, ...]) -> tuple[str, ...]:
    while words and words[-1] in _FROM | _TO:
        words = words[:-1]
    return words[1:] if words and words[0] in ("off", "out") else words
