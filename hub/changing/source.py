"""Where the settings of this hub come from, and what they would be with another text."""

from dataclasses import dataclass, field
from pathlib import Path

from hub.app.options import Settings, laid_over
from hub.changing.file import OwnersFile, owners_file
from hub.config import Config
from hub.config_file import ConfigError, Mistake, as_section, judged, parsed, text_of


@dataclass(frozen=True, slots=True)
class Source:
    """`file`: the owner's own. `over`: what is laid over it, and cannot be changed in it: the
    options of Home Assistant's app.
    """

    file: OwnersFile
    over: Settings = field(default_factory=dict)

    def config(self, text: bytes) -> Config:
        """Raises ConfigError."""
        path = self.file.path
        try:
            values, lines = parsed(path, text.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ConfigError(Mistake(path, 0, "", "is not UTF-8 text")) from error
        return judged(path, laid_over(as_section(path, values), self.over), lines)


def source(own: Path, over: Path | None) -> Source:
    """`over`: a file that holds what is laid over the owner's own. Raises ConfigError."""
    if over is None:
        return Source(owners_file(own))
    values, _ = parsed(over, text_of(over))
    return Source(owners_file(own), as_section(over, values))
