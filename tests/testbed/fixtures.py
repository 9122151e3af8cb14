"""The fixture `home_assistant`: import it in a conftest.py."""

import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from tests.testbed.homeassistant import RunningHomeAssistant
from tests.testbed.installation import Missing


def new_home_assistant(
    more: str = "", environ: Mapping[str, str] = MappingProxyType({})
) -> Iterator[RunningHomeAssistant]:
    """What a fixture yields: a real one, made anew and ended; arguments as for `create`."""
    try:
        home = RunningHomeAssistant.create(more, environ)
    except Missing as missing:
        message = f"Not run against a real Home Assistant: {missing}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    yield home
    home.close()


@pytest.fixture(scope="session")
def home_assistant() -> Iterator[RunningHomeAssistant]:
    """One real Home Assistant for all tests of a run; leave it running and as you found it."""
    yield from new_home_assistant()
