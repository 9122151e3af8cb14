"""addon/ as Home Assistant's Supervisor judges it."""

import re
import shutil
import struct
import subprocess
import tomllib
from pathlib import Path, PurePath

import pytest

from hub.app.options import Options
from tests.addon.app import (
    DEFAULTS,
    ELEMENT,
    FOLDER,
    LANGUAGES,
    OTHER_KEYS,
    REFUSED,
    config,
    rating,
    suits,
    translation,
)

ROOT = FOLDER.parent
SERVICES = FOLDER / "rootfs/etc/s6-overlay/s6-rc.d"


def elements(schema: object) -> list[str]:
    if isinstance(schema, dict):
        return [found for each in schema.values() for found in elements(each)]
    if isinstance(schema, list):
        assert len(schema) == 1
        return elements(schema[0])
    return [str(schema)]


def test_every_key_is_known_and_none_says_what_is_so_anyway() -> None:
    app = config()
    assert app.keys() <= DEFAULTS.keys() | OTHER_KEYS
    assert not REFUSED & app.keys()
    assert [key for key, value in app.items() if DEFAULTS.get(key, "none") == value] == []


def test_what_must_be_there_is() -> None:
    app = config()
    assert re.fullmatch(r"[-_.A-Za-z0-9]+", app["slug"])
    assert app["arch"] == ["aarch64", "amd64"]
    assert app["init"] is False  # s6-overlay 3 is the first process itself
    assert app["services"] == ["mqtt:want"]
    assert app["discovery"] == ["wyoming"]  # what is not listed may not be announced
    assert not {"ports", "host_network"} & app.keys()  # what is lent stays on the machine
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert app["version"] == project["version"]


def test_the_security_rating_is_the_best() -> None:
    assert rating(config()) == 8
    assert rating({**config(), "host_network": True}) == 7
    assert rating({**config(), "full_access": True}) == 1


def test_every_option_has_a_type_that_the_supervisor_knows() -> None:
    schema = config()["schema"]
    assert [each for each in elements(schema) if not ELEMENT.fullmatch(each)] == []
    assert schema.keys() == set(Options.__struct_fields__)
    needed = {k for k, each in schema.items() if isinstance(each, str) and not each.endswith("?")}
    lists = {
        k for k, each in schema.items() if isinstance(each, list) and isinstance(each[0], dict)
    }
    assert needed | lists == config()["options"].keys()
    assert all(suits(schema[key], value) for key, value in config()["options"].items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained_in_every_language(language: str) -> None:
    told = translation(language)["configuration"]
    assert told.keys() == config()["schema"].keys()
    for each in (*told.values(), *told["cameras"]["fields"].values()):
        assert each["name"]
        assert len(each["description"]) > 5
    assert told["cameras"]["fields"].keys() == config()["schema"]["cameras"][0].keys()


def test_no_other_languages_than_these() -> None:
    assert sorted(f.stem for f in (FOLDER / "translations").iterdir()) == list(LANGUAGES)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("state/timekeeping.db", True),
        ("state/cameras.json", True),
        ("state/aliases.json", True),
        ("state/ledger.db", True),
        ("options.json", True),
        ("models/whisper/tiny.en/model.bin", False),
        ("state/enrolments/faces/anna.json", False),
        ("state/recordings/2026-11-26.age", False),
        ("state/bench/take.age", False),
        ("state/samples/one.wav", False),
        ("state/why.db", False),
        ("state/why.db-wal", False),
    ],
)
def test_a_backup_keeps_plans_and_neither_sound_nor_faces_nor_words(
    path: str, *, kept: bool
) -> None:
    """securetar leaves out what matches, and does not look into a folder that does."""
    whole = PurePath(path)
    steps = [whole, *whole.parents][:-1]
    left_out = any(step.match(each) for step in steps for each in config()["backup_exclude"])
    assert left_out is not kept


def test_the_service_runs_the_hub_and_its_end_ends_the_container() -> None:
    assert (SERVICES / "inglenook/type").read_text() == "longrun\n"
    assert (SERVICES / "inglenook/dependencies.d/base").is_file()
    assert (SERVICES / "user/contents.d/inglenook").is_file()
    run, finish = SERVICES / "inglenook/run", SERVICES / "inglenook/finish"
    assert run.read_text().startswith("#!/command/with-contenv sh\n")
    for script in (run, finish):
        assert script.stat().st_mode & 0o111
        assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_the_profile_can_be_read_by_apparmor() -> None:
    parser = shutil.which("apparmor_parser", path="/usr/sbin:/sbin:/usr/bin")
    assert parser, "apt-get install apparmor"
    profile = FOLDER / "apparmor.txt"
    done = subprocess.run(
        [parser, "-Q", "-K", "-T", str(profile)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    text = profile.read_text()
    assert f"profile {config()['slug']} " in text
    assert "deny network inet raw" in text


@pytest.mark.parametrize(("name", "size"), [("icon.png", (128, 128)), ("logo.png", (250, 100))])
def test_the_pictures_have_the_sizes_that_the_store_shows(name: str, size: tuple[int, int]) -> None:
    head = (FOLDER / name).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == size


def test_the_image_installs_only_what_is_pinned_by_its_hash() -> None:
    text = (FOLDER / "Dockerfile").read_text()
    installs = text.split("pip install ")[1:]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-index" in installs[1]
    assert "HEALTHCHECK" in text


def test_the_documents_are_there() -> None:
    for name in ("README.md", "DOCS.md", "CHANGELOG.md"):
        assert (FOLDER / name).read_text().startswith("# ")
    assert f"## {config()['version']}" in (FOLDER / "CHANGELOG.md").read_text()
    documented = (FOLDER / "DOCS.md").read_text()
    assert all(f"| `{option}` |" in documented for option in config()["schema"])
    assert Path(ROOT / "repository.yaml").is_file()
