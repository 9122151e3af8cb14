"""What the kernel says of the memory in which sound waits, asked in processes of their own."""

import json
import subprocess
import sys

import pytest

from audio.memory_folder import close_folder, memory_folder

_LOOK = """
import json, resource, sys
import numpy as np
from audio.frames import RATE
from audio.ring import Ring
from hub.cage.privileges import drop_privileges

drop_privileges()
resource.setrlimit(resource.RLIMIT_MEMLOCK, (int(sys.argv[1]), int(sys.argv[1])))
ring = Ring(2 * RATE)
ring.add(np.arange(1, 30_001, dtype=np.int16))
address, flags = ring._store.ctypes.data, []
for line in open("/proc/self/smaps"):
    name, _, rest = line.partition(" ")
    if "-" in name:
        first, last = (int(part, 16) for part in name.split("-"))
    elif name == "VmFlags:" and first <= address < last:
        flags = rest.split()
ring.restart(0)
print(json.dumps({"locked": ring.locked, "flags": flags, "left": int(ring._store.any())}))
"""


def look(limit: int) -> dict[str, object]:
    """`limit`: bytes that the process may lock."""
    command = [sys.executable, "-c", _LOOK, str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(("limit", "locked"), [(8_388_608, True), (4_096, False)])
def test_the_ring_is_locked_where_it_may_be_and_never_dumped(limit: int, locked: bool) -> None:
    seen = look(limit)
    flags = seen["flags"]
    assert isinstance(flags, list)
    assert seen["locked"] is locked
    assert ("lo" in flags) is locked
    assert {"dd", "dc"} <= set(flags)  # not dumped, not in a child


def test_forgetting_leaves_zeros() -> None:
    assert look(8_388_608)["left"] == 0


def test_a_closed_memory_folder_is_read_only_and_goes() -> None:
    with memory_folder() as folder:
        inner = folder / "inner"
        inner.mkdir()
        (inner / "model").write_bytes(b"verified")
        close_folder(folder)
        modes = {path.stat().st_mode & 0o777 for path in (folder, inner)}
        assert modes == {0o500}
        assert (inner / "model").stat().st_mode & 0o777 == 0o400
        assert (inner / "model").read_bytes() == b"verified"
    assert not folder.exists()
