"""The sealed house sees for itself how senses is closed."""

import os
from typing import Any

import pytest

from tests.hub.cage.children import inside

USERS = ["root", "stranger"] if os.geteuid() == 0 else ["self"]


def report(*words: str) -> dict[str, Any]:
    return dict(inside(*words, module="witness_inside").report)


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("level", ["A", "B", "C"])
def test_it_sees_what_senses_says_of_itself(level: str, user: str) -> None:
    found = report(level, user)
    assert found["house"] == level
    assert found["seen"]["threads"] == 2
    assert found["seen"]["seccomp"] == [2]
    assert found["seen"]["network_empty"] is (level != "C")
    # Which namespace it is in may be told only to those who may look into it.
    assert found["seen"]["network"] in {0, found["told"]["network"]}
    assert found["seen"] | {"network": 0} == found["told"] | {"network": 0}


@pytest.mark.parametrize("user", USERS)
def test_it_sees_a_senses_that_is_not_sealed(user: str) -> None:
    seen = report("A", user, "unsealed")["seen"]
    assert seen["seccomp"] == [0]
    assert not seen["no_new_privileges"]
    assert not seen["network_empty"]


def test_it_sees_nothing_where_nothing_is() -> None:
    assert report("A", USERS[0])["gone"] is None
