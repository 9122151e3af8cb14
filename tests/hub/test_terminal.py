"""The terminal may go away before the hub does."""

import os
from contextlib import suppress

from hub.terminal import Terminal


def test_the_hub_goes_on_when_nobody_reads_any_more() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w")
    terminal = Terminal(shows_turns=False, stream=stream)
    terminal.note("one")
    terminal.note("two")
    with suppress(BrokenPipeError):
        stream.close()
