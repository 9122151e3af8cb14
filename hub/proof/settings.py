"""The hub under test: its settings, and an environment with only what it needs."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from hub.homes.demo import FILE
from hub.proof.addresses import BROKER, BROKER_PORT, CAMERA_PORT, SATELLITE_PORT
from hub.proof.addresses import CAMERA as ADDRESS
from hub.proof.addresses import SATELLITE as ROOM
from hub.shelf.shelf import models_folder
from integrations.topics import Topics

TOPICS = Topics("proof")
NAME = "Proof"
CAMERA = "gate"
"""Key of its camera."""
SATELLITE = "hall"
"""Key of its satellite."""


def write_settings(folder: Path, recording: Path) -> Path:
    """A home, a recording instead of a microphone, a file instead of a loudspeaker, a camera,
    a satellite.
    """
    file = folder / "inglenook.yaml"
    settings = {
        "node": TOPICS.node,
        "name": NAME,
        "microphone": {"files": [str(recording)]},
        "speaker": {"file": str(folder / "replies.wav")},
        "mqtt": {"host": BROKER, "port": BROKER_PORT},
        "home": {"file": str(FILE)},
        "satellites": {SATELLITE: {"host": ROOM, "port": SATELLITE_PORT, "area": "Hallway"}},
        "cameras": {CAMERA: {"url": f"http://{ADDRESS}:{CAMERA_PORT}/", "fps": 2}},
    }
    file.write_text(json.dumps(settings))  # JSON is YAML
    return file


def clean_environment(folder: Path) -> Mapping[str, str]:
    """Nothing that was set here is left: some libraries hide their telemetry where `CI` is."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "INGLENOOK_STATE": str(state(folder)),
        "INGLENOOK_MODELS": str(models_folder(os.environ).absolute()),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def state(folder: Path) -> Path:
    return folder / "state"
