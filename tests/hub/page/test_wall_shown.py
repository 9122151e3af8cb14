"""The owner's last proof on the glass wall, and the command for another."""

from pathlib import Path

import msgspec
import pytest

from hub.proof.kept import FILE, LastProof
from tests.hub.page.parts import stage

PROOF = LastProof(at=1_790_000_000.0, holds=False, runs=10, seconds=95.0, level="A")


@pytest.mark.parametrize("is_kept", [False, True])
async def test_the_last_proof_is_told(state: Path, is_kept: bool) -> None:
    if is_kept:
        (state / FILE).write_bytes(msgspec.json.encode(PROOF))
    async with stage(state) as made:
        told = await (await made.client.get("/api/wall")).json()
    assert told["proof"] == (msgspec.to_builtins(PROOF) if is_kept else None)
    assert told["prove"].startswith(f"sudo INGLENOOK_STATE={state} ")
    assert told["prove"].endswith("/inglenook privacy prove")


async def test_the_app_names_no_command_that_cannot_run_there(state: Path) -> None:
    async with stage(state, {"page": {"ingress": True}}) as made:
        told = await (await made.client.get("/api/wall")).json()
    assert told["prove"] == ""
