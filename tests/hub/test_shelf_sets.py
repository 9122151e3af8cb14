"""From one signed list to the next and back: nothing goes back by itself, nothing is half."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hub.shelf.errors import ManifestOlder, ManifestUnsigned, NothingKept, PullFailed
from hub.shelf.fetch import pull
from hub.shelf.lists import ModelList, keep_list, kept_list, list_in_use, newest_serial
from hub.shelf.manifest import DEFAULT, ModelFile, Url
from hub.shelf.sets import disk_use, follow, previous_list, refuse_older, roll_back
from hub.shelf.shelf import Shelf
from tests.hub.shelf_parts import Signer, model, signer

OLD, NEW = b"old weights", b"new and better weights"
SAME, GONE, ADDED = b"the same in both", b"only in the first", b"only in the second"


class Home:
    """A shelf, an author of lists, and a site where all versions of all files are."""

    def __init__(self, folder: Path, site: str) -> None:
        self.folder = folder / "shelf"
        self.site = site
        self.author: Signer = signer(folder)
        self.one = self.author.list(
            1,
            *(self.file("ear/a.txt", OLD), self.file("ear/same.txt", SAME)),
            self.file("ear/gone.txt", GONE),
        )
        self.two = self.author.list(
            2,
            *(self.file("ear/a.txt", NEW), self.file("ear/same.txt", SAME)),
            self.file("ear/added.txt", ADDED),
            model("voice/unwanted.txt", b"of a group that is not here", group="other"),
        )

    def file(self, name: str, content: bytes) -> ModelFile:
        return model(name, content, Url(f"{self.site}/{len(content)}"))

    def follow(self, new: ModelList) -> list[str]:
        old = kept_list(self.folder, self.author.key)
        return [file.name for file in follow(self.folder, old, new, quiet)]

    def fill(self, models: ModelList) -> None:
        self.follow(models)
        files = models.manifest.members([DEFAULT])
        list(pull(Shelf(self.folder, models.manifest), files, quiet))

    def in_use(self, packaged: int) -> int:
        """The serial in use when this version brings the list with that serial."""
        path = self.author.folder / f"list-{packaged}.json"
        return list_in_use(self.folder, self.author.key, path).serial

    def files(self) -> dict[str, bytes]:
        found = (p for p in self.folder.rglob("*/*.txt"))
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}


def quiet(label: str, done: int, total: int) -> None:
    """Progress is another test's."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for content in (OLD, NEW, SAME, GONE, ADDED):
        (folder / str(len(content))).write_bytes(content)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def home(tmp_path: Path, site: str) -> Home:
    return Home(tmp_path, site)


FIRST = {"ear/a.txt": OLD, "ear/same.txt": SAME, "ear/gone.txt": GONE}
SECOND = {
    "ear/a.txt": NEW,
    "ear/same.txt": SAME,
    "ear/added.txt": ADDED,
    ".previous/ear/a.txt": OLD,
    ".previous/ear/gone.txt": GONE,
}


def test_an_update_brings_what_changed_and_keeps_what_was(home: Home) -> None:
    home.fill(home.one)
    assert home.files() == FIRST
    assert home.follow(home.two) == ["ear/a.txt", "ear/added.txt"]
    assert home.files() == SECOND
    assert home.in_use(packaged=1) == 2
    shelf = Shelf(home.folder, home.two.manifest)
    assert disk_use(shelf).files == len(NEW + SAME + ADDED)
    assert disk_use(shelf).previous >= len(OLD + GONE)


def test_a_rollback_puts_the_previous_set_back_and_another_undoes_it(home: Home) -> None:
    home.fill(home.one)
    assert previous_list(home.folder, home.author.key) is None
    home.follow(home.two)
    assert previous_list(home.folder, home.author.key) == home.one
    assert roll_back(home.folder, home.author.key) == home.one
    assert previous_list(home.folder, home.author.key) == home.two
    assert home.files() == {
        **FIRST,
        ".previous/ear/a.txt": NEW,
        ".previous/ear/added.txt": ADDED,
    }
    assert Shelf(home.folder, home.one.manifest).load(FIRST) == FIRST
    assert roll_back(home.folder, home.author.key) == home.two
    assert home.files() == SECOND


def test_after_a_rollback_only_a_list_newer_than_any_before_takes_over(home: Home) -> None:
    home.fill(home.one)
    home.follow(home.two)
    roll_back(home.folder, home.author.key)
    home.author.list(3, *home.two.manifest.files)
    assert [home.in_use(packaged=serial) for serial in (1, 2, 3)] == [1, 1, 3]


def test_only_one_previous_set_is_kept(home: Home) -> None:
    home.fill(home.one)
    home.follow(home.two)
    home.follow(home.author.list(3, home.file("ear/same.txt", SAME)))
    assert home.files() == {
        "ear/same.txt": SAME,
        ".previous/ear/a.txt": NEW,
        ".previous/ear/added.txt": ADDED,
    }
    assert roll_back(home.folder, home.author.key) == home.two


def test_an_update_that_cannot_be_fetched_changes_nothing(home: Home) -> None:
    home.fill(home.one)
    broken = home.author.list(
        2, home.file("ear/same.txt", SAME), home.file("ear/a.txt", b"in no carrier")
    )
    with pytest.raises(PullFailed, match=r"ear/a\.txt"):
        home.follow(broken)
    assert home.files() == FIRST
    assert home.in_use(packaged=1) == 1
    assert newest_serial(home.folder) == 1


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_change_that_was_cut_off_is_undone_and_done_again(home: Home, done: int) -> None:
    """As `follow` leaves it when it dies after having moved so many files away."""
    home.fill(home.one)
    previous = home.folder / ".previous"
    (previous / "ear").mkdir(parents=True)
    keep_list(previous, home.one)
    for name in ("ear/a.txt", "ear/gone.txt")[:done]:
        (home.folder / name).replace(previous / name)
    assert home.follow(home.two) == ["ear/a.txt", "ear/added.txt"]
    assert home.files() == SECOND


def test_a_rollback_that_was_cut_off_can_be_done_again(home: Home) -> None:
    """As `roll_back` leaves it when it dies after its first step, and after its second."""
    home.fill(home.one)
    home.follow(home.two)
    previous = home.folder / ".previous"
    previous.rename(home.folder / ".next")
    assert roll_back(home.folder, home.author.key) == home.one
    roll_back(home.folder, home.author.key)
    previous.rename(home.folder / ".next")
    (previous / "ear").mkdir(parents=True)
    keep_list(previous, home.two)
    (home.folder / "ear/added.txt").replace(previous / "ear/added.txt")
    assert roll_back(home.folder, home.author.key) == home.one
    assert Shelf(home.folder, home.one.manifest).load(FIRST) == FIRST


def test_an_older_list_needs_the_owners_word(home: Home) -> None:
    home.fill(home.two)
    for known in (home.one, home.two):
        with pytest.raises(ManifestOlder, match="update --older"):
            refuse_older(home.folder, known)
    refuse_older(home.folder, home.author.list(3))
    home.follow(home.one)  # the word was given
    assert home.in_use(packaged=2) == 1


def test_a_shelf_that_lost_its_list_does_not_follow_an_older_one(home: Home) -> None:
    home.fill(home.two)
    (home.folder / ".list").unlink()
    with pytest.raises(ManifestOlder, match="update --older"):
        home.in_use(packaged=1)
    assert home.in_use(packaged=2) == 2


def test_a_shelf_from_before_lists_were_kept_goes_on(home: Home) -> None:
    home.fill(home.one)
    (home.folder / ".list").unlink()
    assert home.in_use(packaged=1) == 1
    home.fill(home.one)
    assert home.files() == FIRST


def test_a_list_on_the_shelf_that_was_changed_is_refused(home: Home) -> None:
    home.fill(home.two)
    kept = home.folder / ".list"
    kept.write_bytes(kept.read_bytes().replace(b'"serial":2', b'"serial":9'))
    with pytest.raises(ManifestUnsigned, match="update --older"):
        home.in_use(packaged=1)


def test_without_a_previous_set_there_is_nothing_to_go_back_to(home: Home) -> None:
    home.fill(home.one)
    with pytest.raises(NothingKept):
        roll_back(home.folder, home.author.key)
    assert home.files() == FIRST
