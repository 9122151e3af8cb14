"""Secrets that the owner gave on the page: files of their own, which the settings name.

A new secret never takes the place of an old one: whoever undoes a change of settings has the old
one again, for the address that it was given for.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from hub.changing.file import OwnersFile
from hub.keep.files import create, private_folder


@dataclass(frozen=True, slots=True)
class GivenSecrets:
    """`folder`: ours alone. `in_use`: what the running hub may read again."""

    folder: Path
    settings: OwnersFile
    in_use: tuple[Path, ...] = ()

    def place(self, name: str) -> Path:
        """Where one will lie; none has lain there before."""
        return self.folder / f"{name}-{secrets.token_hex(4)}"

    def keep(self, place: Path, secret: str) -> None:
        """Those that no settings name any more, nor the state before them, go. Raises OSError."""
        private_folder(self.folder)
        named = self.settings.texts()
        for old in self.folder.iterdir():
            if old not in self.in_use and not any(old.name.encode() in text for text in named):
                old.unlink(missing_ok=True)
        create(place, secret.encode())
