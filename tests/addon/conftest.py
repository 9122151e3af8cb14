"""The app's tests have a Home Assistant of their own: what a hub has shown there stays in it, and
other tests want theirs as it was.
"""

from collections.abc import Iterator

import pytest

from tests.testbed.fixtures import new_home_assistant
from tests.testbed.homeassistant import RunningHomeAssistant


@pytest.fixture(scope="package")
def home_assistant() -> Iterator[RunningHomeAssistant]:
    yield from new_home_assistant()
