"""The documentation is true: links lead somewhere, commands exist, references are current."""

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from io import StringIO
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest

from hub.__main__ import main
from hub.config import Config
from hub.config_file import load

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    file.relative_to(ROOT).as_posix()
    for place in ("*.md", "docs/**/*.md", "addon/*.md", "tests/transcripts/*.md")
    for file in ROOT.glob(place)
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```\w*\n(.*?)```|((?:^ {4}[^\n]*\n?)+)|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
"""A block behind a fence, one that is set in, or a few words in a line."""
OURS = re.compile(r"(?:\.venv/bin/)?(?:python -m )?(inglenook|script/\w+|bench\.\w+)\b(.*)")


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@cache
def anchors(file: Path) -> frozenset[str]:
    """As GitHub makes them of headings."""
    heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return frozenset(each.replace(" ", "-") for each in bare)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in LINK.findall(text(page)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), f"{page}: {link} is not there"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{page}: {link} has no such heading"


def test_every_page_is_reached_from_the_index() -> None:
    found, coming = set[Path](), [ROOT / "docs" / "README.md"]
    while coming:
        page = coming.pop()
        if page in found:
            continue
        found.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8")))
        coming += [(page.parent / each).resolve() for each in links if each.endswith(".md")]
    missed = [page for page in PAGES if page.startswith("docs/") and ROOT / page not in found]
    assert missed == []


def quoted(page: str) -> Iterator[tuple[str, str]]:
    """Each of our own commands as it stands there, and what follows it."""
    for parts in CODE.findall(text(page)):
        for line in "".join(parts).splitlines():
            words = line.strip().removeprefix("$ ").removeprefix("sudo ")
            if found := OURS.match(words):
                yield found[1], found[2].split("  ")[0].split("#")[0]


@cache
def help_of(*words: str) -> str:
    told = StringIO()
    with redirect_stdout(told), redirect_stderr(told), suppress(SystemExit):
        main([*words, "--help"])
    assert ": error: " not in told.getvalue(), told.getvalue()
    return told.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_quoted_exists(page: str) -> None:
    for name, rest in quoted(page):
        if name.startswith("script/"):
            assert (ROOT / name).exists(), f"{page}: {name}"
        elif name.startswith("bench."):
            place = ROOT / name.replace(".", "/")
            assert place.is_dir() or place.with_suffix(".py").exists(), f"{page}: {name}"
        else:
            check_command(page, rest)


def check_command(page: str, rest: str) -> None:
    """Its command, its action where it has such, and its long options."""
    words = re.split(r"[|;,()\[\]]", rest)[0].replace("…", "").replace("...", "")
    try:
        parts = shlex.split(words)
    except ValueError:
        parts = words.split()
    if not parts or not parts[0].isalpha() or not parts[0].islower():
        return
    shown = help_of(parts[0])
    has_actions = re.search(r"(ACTION|\}) \.\.\.", shown.split("\n\n")[0])
    if has_actions and len(parts) > 1 and re.fullmatch(r"[a-z][a-z-]*", parts[1]):
        shown = help_of(*parts[:2])
    for option in (each for each in parts if each.startswith("--")):
        assert option.partition("=")[0] in shown, f"{page}: inglenook{rest} has no {option}"


def settings_shown() -> Iterator[tuple[str, str]]:
    """Page and block."""
    for page in PAGES:
        for fenced, indented, _ in CODE.findall(text(page)):
            block = dedent(fenced or indented)
            first = re.match(r"(?:#.*\n)*(\w+):", block)
            is_other = page.startswith("tests") or "intents:" in block
            if first and first[1] in Config.model_fields and not is_other:
                yield page, block


@pytest.mark.parametrize(("page", "block"), [*settings_shown()])
def test_settings_that_are_shown_are_taken(page: str, block: str, tmp_path: Path) -> None:
    file = tmp_path / "inglenook.yaml"
    file.write_text(block)
    load(file)


def test_drawn_pictures_load_nothing_and_run_nothing() -> None:
    drawn = [file.read_text("utf-8") for file in (ROOT / "docs").rglob("*.svg")]
    assert drawn
    for each in drawn:
        ET.fromstring(each)
        without_its_name = each.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|href|url\(|@import|<script|\son\w+=", without_its_name)


def test_the_references_are_current() -> None:
    command = [sys.executable, "script/reference", "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_setting_is_explained() -> None:
    rows = re.findall(r"^\| `(\S+)` \|.*\| (.*?) \|$", text("docs/settings.md"), re.MULTILINE)
    assert len(rows) > 100
    assert [key for key, about in rows if not about] == []


@pytest.mark.parametrize("wrong", [" fly", " models fly", " look --far", " cameras on --far"])
def test_a_command_that_is_not_there_is_found_out(wrong: str) -> None:
    with pytest.raises(AssertionError):
        check_command("a page", wrong)


def sources() -> str:
    """Every text in the code, a line each; where something is filled in, three dots."""
    folders = ("hub", "audio", "vision", "integrations", "intents", "script")
    files = [file for each in folders for file in (ROOT / each).rglob("*.py")]
    found = (texts(ast.parse(file.read_text("utf-8"))) for file in files)
    return "\n".join([*(each for some in found for each in some), text("hub/words/en.yaml")])


def texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)):
                yield value
            case ast.JoinedStr(values=parts):
                known = (part.value if isinstance(part, ast.Constant) else "..." for part in parts)
                yield "".join(map(str, known))


def test_symptoms_are_quoted_as_the_hub_tells_them() -> None:
    rows = re.findall(r"^\| (.*?) \|", text("docs/troubleshooting.md"), re.MULTILINE)
    quoted_texts = [each for row in rows for each in re.findall(r'"([^"]+)"', row)]
    assert len(quoted_texts) > 20
    known = sources()
    pieces = [part.strip() for each in quoted_texts for part in each.split("...")]
    assert [each for each in pieces if each not in known] == []
