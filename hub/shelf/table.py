"""The shelf as people read it: an aligned table with its sum, or one JSON object."""

import json
from collections.abc import Sequence

from hub.shelf.manifest import ModelFile
from hub.shelf.progress import amount
from hub.shelf.sets import Use
from hub.shelf.shelf import Shelf, State

Row = tuple[ModelFile, State]
_HEAD = ("state", "group", "size", "version", "licence", "model")


def table(shelf: Shelf, rows: Sequence[Row], use: Use) -> str:
    cells = [_HEAD, *(_cells(file, state) for file, state in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths) for row in cells]
    return "\n".join((f"The shelf: {shelf.folder}", *lines, _sum(shelf, use)))


def as_json(shelf: Shelf, rows: Sequence[Row], use: Use) -> str:
    files = [
        {
            "name": file.name,
            "group": file.group,
            "state": state,
            "size": file.size,
            "version": file.version,
            "licence": file.licence,
        }
        for file, state in rows
    ]
    head = {"v": 1, "serial": shelf.manifest.serial, "folder": str(shelf.folder)}
    return json.dumps({**head, "bytes": use.files, "previous_bytes": use.previous, "files": files})


def _cells(file: ModelFile, state: State) -> tuple[str, ...]:
    return (state, file.group, amount(file.size), file.version, file.licence, file.name)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    sized = zip(_HEAD, cells, widths, strict=True)
    padded = (
        cell.rjust(width) if head == "size" else cell.ljust(width) for head, cell, width in sized
    )
    return f"  {'  '.join(padded)}".rstrip()


def _sum(shelf: Shelf, use: Use) -> str:
    kept = f" {amount(use.previous)} more are kept for a rollback." if use.previous else ""
    return f"Signed list {shelf.manifest.serial}; {amount(use.files)} on disk.{kept}"
