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


def files(language: str) -> dict[str, File]:
    """`language` of the hub: its words, or English, are the page's."""
    found = {
        path.name: File(_KINDS[path.suffix], path.read_bytes())
        for path in sorted(FOLDER.iterdir())
        if path.suffix in _KINDS
    }
    words = {name: found.pop(name) for name in tuple(found) if name.startswith("words.")}
    spoken = words.get(f"words.{language[:2]}.json", words["words.en.json"])
    return {"": found.pop(_FIRST), "words.json": spoken, **found}
