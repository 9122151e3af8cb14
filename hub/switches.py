"""Kill switches of dependencies that would talk to the internet; children inherit them."""

import os

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime 1.29 and later sends usage data
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def silence() -> None:
    os.environ.update(SWITCHES)
