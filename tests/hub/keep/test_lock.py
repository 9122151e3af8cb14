"""All memory locked, in a process of its own, where the system sets no limit, and only there.

Few may lift the limit; the privilege to lock in spite of it, which the seal takes away, serves as
well to see what the kernel makes of the call.
"""

import json
import subprocess
import sys

import pytest

from tests.conftest import missing

LITTLE = 8_388_608

_LOCK = """
import json, resource, sys
from hub.keep import lock

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_MEMLOCK, (limit, limit))
locked = getattr(lock, sys.argv[1])()
later = bytearray(50_000_000)
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print(json.dumps({"locked": locked, "kB": int(status["VmLck"].split()[0])}))
"""


def lock(name: str, limit: int) -> dict[str, int]:
    command = [sys.executable, "-c", _LOCK, name, str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, int] = json.loads(done.stdout)
    return answer


def test_everything_is_locked_also_what_comes_later() -> None:
    seen = lock("_locked", LITTLE)
    if not seen["locked"]:
        missing("This user may not lock all memory: run as root to try it.")
    assert seen["kB"] > 50_000


@pytest.mark.parametrize("limit", [0, LITTLE])
def test_with_a_limit_nothing_is_and_memory_can_still_be_had(limit: int) -> None:
    assert lock("lock_all", limit) == {"locked": False, "kB": 0}
