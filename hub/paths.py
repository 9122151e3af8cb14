"""Where things lie on this machine; the environment is read here and in the shelf only."""

import os
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
    """The folders of the house: its state, its socket (made here), and that of the owner's
    `settings`, where its page may change them.
    """
    runtime = control_socket().parent
    runtime.mkdir(parents=True, exist_ok=True)
    theirs = (settings.resolve().parent,) if settings is not None else ()
    return (state_folder(), runtime, *theirs)
