"""The settings of the local page."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hub.section import Secret, Section

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ELSEWHERE = {"port", "listen", "password"}


class PageSection(Section):
    port: Annotated[int, Field(ge=1, le=65_535)] = 8770
    """Where it is served."""
    listen: str = "127.0.0.1"
    """Address at which it is served; another one than this machine's own needs a password."""
    password: Secret | None = None
    """What is asked for before anything is shown; at least 8 characters."""
    ingress: bool = False
    """Served to Home Assistant's Supervisor alone, which has signed people in: in its app."""

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if self.ingress and self.model_fields_set & _ELSEWHERE:
            raise PydanticCustomError(
                "ingress", "with ingress, leave out port, listen and password: they are not used"
            )
        if not self.ingress and self.listen not in LOOPBACK and self.password is None:
            raise PydanticCustomError("open", "a page that others can reach needs a password")
        return self
