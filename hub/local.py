"""A home of its own for `ask` and `hear`: simulated, without the running hub or any network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hub.care.rules import CareRules
from hub.conversation import Conversation, Means, conversation
from hub.grammars import Grammars
from hub.homes.demo import demo_home
from hub.homes.simulated import SimulatedHome
from intents.added import Added, load_added
from intents.custom import Custom, load_custom
from intents.home import Home
from intents.home_file import load as load_home


@dataclass
class Local:
    """Conversations that start with the home as it is described, each anew."""

    language: str
    home: Home
    custom: Custom | None = None
    added: Added | None = None
    rules: CareRules = field(default_factory=CareRules)
    _grammars: dict[str, Grammars] = field(default_factory=dict)

    def conversation(self, home: Home | None = None, language: str | None = None) -> Conversation:
        """Raises UnknownLanguageError."""
        spoken = language or self.language
        backend = SimulatedHome(self.home if home is None else home)
        return conversation(spoken, backend, self.grammars(spoken), Means(rules=self.rules))

    def grammars(self, language: str) -> Grammars:
        added = self.added if language == self.language else None
        return self._grammars.setdefault(language, Grammars(language, self.custom, added))


def local(
    language: str,
    home: Path | None,
    grammar: Path | None,
    rules: CareRules | None = None,
    sentences: Sequence[Path] = (),
) -> Local:
    """`home`: a YAML file, else the demo home; `grammar`: a file of sentences, else the language's
    with these `sentences` beside them.

    Raises UnknownLanguageError, and DocumentError for a file that is wrong.
    """
    return Local(
        language,
        load_home(home) if home else demo_home(),
        load_custom(grammar, language) if grammar else None,
        None if grammar else load_added(sentences, language),
        rules or CareRules(),
    )
