"""The page's own files, read once before anything is served: nothing is opened later."""

from collections.abc import Mapping
from pathlib import Path

from integrations.web.site import File, Kind

FOLDER = Path(__file__).with_name("static")
_KINDS: Mapping[str, Kind] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_FIRST = "index.html"


def files() -> dict[str, File]:
    found = {
        path.name: File(_KINDS[path.suffix], path.read_bytes())
        for path in sorted(FOLDER.iterdir())
        if path.suffix in _KINDS
    }
    return {"": found.pop(_FIRST), **found}
