"""Where things lie on this machine; the environment is read here and in the shelf only."""

import os
from contextlib import suppress
from pathlib import Path


def state_folder() -> Path:
    """`$INGLENOOK_STATE`, else inglenook under the user's state folder."""
    if named := os.environ.get("INGLENOOK_STATE"):
        return Path(named)
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "inglenook"


def enrolments_folder() -> Path:
    """Never to be read by the process that has the network."""
    return state_folder() / "enrolments"


def control_socket() -> Path:
    """`$XDG_RUNTIME_DIR/inglenook.sock`; without a runtime folder it lies with the state."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return (Path(folder) if folder else state_folder()) / "inglenook.sock"


def house_writes(settings: Path | None) -> tuple[Path, ...]:
    """The folders of the house: its state and its socket, made here, for what is not there cannot
    be allowed; and that of the owner's `settings`, where its page may change them.
    """
    own = (state_folder(), control_socket().parent)
    for folder in own:
        with suppress(OSError):  # what is kept there says so, in plain words
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return (*own, settings.resolve().parent) if settings is not None else own
