"""The app's tests have a Home Assistant of their own: what a hub has shown there stays in it, and
other tests want theirs as it was.
"""

from collections.abc import Iterator

import pytest

from tests.addon.image import built
from tests.debian import Debian, needs_root
from tests.testbed.fixtures import new_home_assistant
from tests.testbed.homeassistant import RunningHomeAssistant
from tests.testbed.installation import cache_folder


@pytest.fixture(scope="package")
def home_assistant() -> Iterator[RunningHomeAssistant]:
    yield from new_home_assistant()


@pytest.fixture(scope="package")
def image() -> Debian:
    """Built once a machine; only our wheel is installed anew."""
    needs_root()
    return built(cache_folder())
