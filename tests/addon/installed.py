"""What the Supervisor mounts and sets for the app, in its Debian root (image.py)."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from hub.shelf.shelf import models_folder
from tests.addon.supervisor import TOKEN
from tests.hub.recordings import spoken, write

ADDRESS = "127.0.0.77"
"""Of the Supervisor, which answers on port 80: a part of the loopback that nobody else uses."""
RUN = "/etc/s6-overlay/s6-rc.d/inglenook/run"


def data(tmp_path: Path, more: Mapping[str, object], **options: object) -> dict[Path, str]:
    """`more`: what the owner's file says besides. The models lie beside, so that no network is
    needed.
    """
    folders = {tmp_path / "data": "/data", tmp_path / "config": "/config"}
    for folder in folders:
        folder.mkdir()
    (tmp_path / "data/options.json").write_text(json.dumps({"cameras": [], **options}))
    sound = tmp_path / "config/said.wav"
    write(sound, spoken("Hey Jarvis, turn on the kitchen light."))
    own = {
        "node": "app",
        "name": "App hub",
        "microphone": {"files": ["/config/said.wav"]},
        "speaker": {"file": "/data/replies.wav"},
        **more,
    }
    (tmp_path / "config/inglenook.yaml").write_text(json.dumps(own))
    hosts = tmp_path / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n{ADDRESS} supervisor\n")
    return {**folders, hosts: "/etc/hosts", models_folder(os.environ): "/models-beside"}


def environ() -> dict[str, str]:
    beside = [f"/models-beside/{folder.name}" for folder in models_folder(os.environ).iterdir()]
    return {"SUPERVISOR_TOKEN": TOKEN, "INGLENOOK_MODELS_FROM": ":".join(beside)}
