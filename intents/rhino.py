"""One expression of a Picovoice Rhino context, as the template that hassil reads.

Rhino: [a, b] a choice, (a) may be left out, $list:slot a slot, @macro a macro.
hassil: (a|b),          [a],               {list:slot},       <macro>.
"""

import re

_TOKEN = re.compile(
    r"\$(?P<list>[\w.]+)(?::(?P<slot>\w+))?|@(?P<macro>\w+)|(?P<mark>[\[\](),])|(?P<text>[^$@\[\](),]+)"
)
_OPENS = {"[": "(", "(": "["}
_CLOSES = {"]": ("[", ")"), ")": ("(", "]")}


class RhinoError(ValueError):
    """An expression that cannot be read."""


def template(expression: str) -> str:
    """Raises RhinoError."""
    written: list[str] = []
    open_marks: list[str] = []
    end = 0
    for token in _TOKEN.finditer(expression):
        if token.start() != end:
            break
        end = token.end()
        written.append(_one(token, open_marks))
    if end != len(expression):
        raise RhinoError(f"'{expression[end:][:20]}' cannot be read: write $list:slot or @macro")
    if open_marks:
        raise RhinoError(f"'{open_marks[-1]}' is never closed")
    return "".join(written)


def _one(token: re.Match[str], open_marks: list[str]) -> str:
    if token["list"]:
        return f"{{{token['list']}:{token['slot'] or token['list']}}}"
    if token["macro"]:
        return f"<{token['macro']}>"
    mark = token["mark"]
    if mark is None:
        return token["text"]
    if mark in _OPENS:
        open_marks.append(mark)
        return _OPENS[mark]
    if mark == ",":
        return "|" if open_marks and open_marks[-1] == "[" else ""
    opened, close = _CLOSES[mark]
    if not open_marks or open_marks.pop() != opened:
        raise RhinoError(f"'{mark}' closes nothing")
    return close
