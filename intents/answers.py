"""The spoken answer to a wish, in home-assistant-intents' words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from jinja2 import Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from intents.home import Attribute, Entity
from intents.languages import Responses, known, load
from intents.questions import Facts
from intents.wishes import Slot, Wish

_KEPT = 128
"""Templates that are kept compiled, which takes longer than all the rest of a reply."""
_ENVIRONMENT = SandboxedEnvironment(
    finalize=lambda value: "" if value is None else value, autoescape=False
)


@lru_cache(maxsize=_KEPT)
def _template(source: str) -> Template:
    """Raises jinja2.TemplateError."""
    return _ENVIRONMENT.from_string(source)


class AnswerError(ValueError):
    """A template of the installed home-assistant-intents cannot be rendered."""


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """An entity as the templates see it; it equals its own state, as they expect."""

    entity: Entity

    @property
    def entity_id(self) -> str:
        return self.entity.id

    @property
    def name(self) -> str:
        return self.entity.name

    @property
    def domain(self) -> str:
        return self.entity.domain

    @property
    def state(self) -> str:
        return self.entity.state or "unknown"

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        return self.entity.attributes

    @property
    def state_with_unit(self) -> str:
        unit = self.entity.attributes.get("unit_of_measurement")
        return f"{self.state} {unit}" if unit else self.state

    def __eq__(self, other: object) -> bool:
        return other == self.state

    def __hash__(self) -> int:
        return hash(self.state)


class Answers:
    """`own`: the owner's, which go before the language's. Raises UnknownLanguageError."""

    def __init__(self, language: str, own: Responses = MappingProxyType({})) -> None:
        spoken = load(known(language))
        self._responses = {**spoken.responses, **_over(spoken.responses, own)}
        self._errors = spoken.errors

    def reply(self, wish: Wish, facts: Facts) -> str:
        """What to say once the wish is granted; empty where there is nothing to say.

        Raises AnswerError.
        """
        source = self._responses.get(wish.intent, {}).get(wish.response, "")
        matched = [_State(entity) for entity in facts.matched]
        unmatched = [_State(entity) for entity in facts.unmatched]
        return self._render(
            source,
            slots=_slots(wish, facts),
            state=next(iter((*matched, *unmatched)), None),
            query={"matched": matched, "unmatched": unmatched},
            state_attr=lambda entity_id, name: _attribute(facts, entity_id, name),
        )

    def error(self, key: str, **names: str) -> str:
        """What to say when it cannot be; `key` as `targets.Miss` has it. Raises AnswerError."""
        source = self._errors.get(key) or self._errors.get("no_intent", "")
        return self._render(source, **names)

    def _render(self, source: str, **values: object) -> str:
        try:
            return " ".join(_template(source).render(**values).split())
        except (TemplateError, TypeError, ValueError) as error:
            raise AnswerError(f"An answer of this language cannot be rendered: {error}") from error


def _over(theirs: Responses, own: Responses) -> Responses:
    return {intent: {**theirs.get(intent, {}), **answers} for intent, answers in own.items()}


def _slots(wish: Wish, facts: Facts) -> dict[str, object]:
    """Numbers as the text that templates compare them with ("1"), and what only answers have."""
    return {
        "timers": facts.timers,
        "canceled": len(facts.timers),
        "media": _played(wish, facts),
        "completed_items": [],
        "date": facts.now.date(),
        "time": facts.now.time(),
        **{name: _spoken(value) for name, value in wish.slots.items()},
    }


def _spoken(value: Slot) -> str:
    return str(abs(value)) if isinstance(value, int | float) else value


def _played(wish: Wish, facts: Facts) -> dict[str, str] | None:
    """The title asked for, else the first."""
    query = str(wish.slots.get("search_query", "")).casefold()
    titles = sorted(facts.media, key=lambda title: title.casefold() != query)
    return {"title": titles[0]} if titles else None


def _attribute(facts: Facts, entity_id: str, name: str) -> Attribute:
    for entity in (*facts.matched, *facts.unmatched):
        if entity.id == entity_id:
            return entity.attributes.get(name)
    return None
