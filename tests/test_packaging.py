"""What is installed: our names are ours alone, the wheel is whole, the locks match pyproject."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
OURS = ("hub", "intents", "audio", "vision", "integrations")
LOCKS = sorted((ROOT / "script" / "requirements").glob("*.txt"))
HASH = re.compile(r" --hash=sha256:[0-9a-f]{64}(?= |$)")
MACHINES = [(python, machine) for python in range(11, 15) for machine in ("x86_64", "aarch64")]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def entries(lock: Path) -> list[str]:
    """A pin with its hashes, a line each."""
    text = lock.read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(name: str, environment: dict[str, str]) -> dict[str, str]:
    """Package to version, for one Python on one machine."""
    found: dict[str, str] = {}
    for entry in entries(ROOT / "script" / "requirements" / f"{name}.txt"):
        pin = Requirement(HASH.sub("", entry))
        if pin.marker is None or pin.marker.evaluate(environment):
            package = canonicalize_name(pin.name)
            assert package not in found, f"{package} is pinned twice for {environment}"
            found[package] = str(pin.specifier).removeprefix("==")
    return found


def wanted() -> dict[str, list[str]]:
    """Lock to the requirements in pyproject.toml that it answers."""
    table = project()
    return {
        "bootstrap": table["build-system"]["requires"],
        "run": table["project"]["dependencies"],
        **table["project"]["optional-dependencies"],
        **table["dependency-groups"],
    }


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_owns_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"inglenook"}


def test_the_wheel_holds_every_file_of_our_packages(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *OURS]
    known = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert packed == {name for name in known.splitlines() if (ROOT / name).exists()}
    assert {"hub/shelf/manifest.json", "hub/__main__.py"} <= packed


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_pin_is_exact_and_hashed(lock: Path) -> None:
    assert entries(lock)
    for entry in entries(lock):
        assert re.match(r"[a-z0-9][a-z0-9.-]*==[\w.]+ ", entry), entry
        assert HASH.search(entry), entry
    # No index, no folder, no host: pip's own settings say where packages come from.
    assert not re.search(r"^-|://", lock.read_text(), re.MULTILINE)


def test_every_requirement_has_its_lock() -> None:
    assert {lock.stem for lock in LOCKS} == set(wanted())


@pytest.mark.parametrize(("python", "machine"), MACHINES)
def test_the_locks_answer_pyproject(python: int, machine: str) -> None:
    environment = {
        "python_version": f"3.{python}",
        "python_full_version": f"3.{python}.1",
        "implementation_name": "cpython",
        "platform_machine": machine,
        "sys_platform": "linux",
        "platform_system": "Linux",
    }
    together: dict[str, str] = {}
    for name, requirements in wanted().items():
        pinned = pins(name, environment)
        for requirement in map(Requirement, requirements):
            if requirement.marker and not requirement.marker.evaluate(environment):
                continue  # asked for on other machines only
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier
        clashes = {p for p, v in pinned.items() if together.setdefault(p, v) != v}
        assert not clashes, f"{name} pins other versions than the locks before it: {clashes}"


@pytest.mark.slow
def test_every_wheel_of_the_lock_is_there_for_a_raspberry_pi(tmp_path: Path) -> None:
    """What the app's image installs on aarch64: resolved as Debian trixie's Python 3.13 would."""
    glibc = [f"--platform=manylinux_2_{minor}_aarch64" for minor in (27, 28, 31, 34)]
    tags = ["--implementation=cp", "--abi=cp313", "--abi=abi3", "--abi=none"]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    where = ["--target", str(tmp_path), *glibc, "--platform=manylinux2014_aarch64", *tags]
    lock = str(ROOT / "script/requirements/run.txt")
    rules = ["--python-version=3.13", "--only-binary=:all:", "--require-hashes", "-r", lock]
    done = subprocess.run([*command, *where, *rules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
