"""What every section of the settings is made of. Validation probes nothing."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError

Name = Annotated[str, Field(min_length=1, max_length=80)]


class Section(BaseModel):
    """A section that is there but empty, all its keys commented out, has its defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _empty(cls, values: object) -> object:
        return {} if values is None else values


class Secret(Section):
    """A secret is named, never written here: `{file: /path}` or `{env: NAME}`."""

    file: Path | None = None
    """A file that holds nothing but the secret."""
    env: str | None = None
    """An environment variable that holds it."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.file is None) == (self.env is None):
            raise PydanticCustomError(
                "secret", "allowed: a file (file: /path/to/it) or a variable (env: ITS_NAME)"
            )
        return self

    def read(self) -> SecretStr:
        """Raises OSError or KeyError where it is missing."""
        if self.file is not None:
            return SecretStr(self.file.read_text().strip())
        return SecretStr(os.environ[self.env or ""])


def is_loopback(listen: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    try:
        return listen == "localhost" or ip_address(listen).is_loopback
    except ValueError:
        return False
