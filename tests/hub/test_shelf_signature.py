"""Who may say which models there are: minisign's format, and every change of a list refused."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.shelf.errors import ManifestInvalid, ManifestUnsigned
from hub.shelf.lists import PACKAGED, read_list
from hub.shelf.minisign import SignatureWrong, check, key_file, public_key, read_key, sign
from hub.shelf.signature import KEY
from hub.shelf.signature import verify as asks
from tests.hub.shelf_parts import CONTENT, Signer, model, signer

# Made by minisign 0.11 itself, of the content "x\n": `minisign -S -t 'list 7'`.
TOOL_KEY = b"""untrusted comment: minisign public key 8800B19B75B48E8A
RWSKjrR1m7EAiGmDogJ+yXSXaTif+mvfEpx3uXlUVZNl+S/FBbAgDWEy
"""
TOOL_SIGNATURE = b"""untrusted comment: signature from minisign secret key
RUSKjrR1m7EAiObgElAovQzEFzj/8/jxBHd+beXggNMuiSBc1014R6m+KDFHOUzM6wONFxerIQCwkyenP5iMzJWfgynBB2V5JgQ=
trusted comment: list 7
wOFhr99Mwk6GGceUq4AePC+srsoWy5lEyHaD47y30Fpzvmt8Q8mrMExmFTlkKY2VgTUownfqo6yQhtyjOgsVBA==
"""


@pytest.fixture
def author(tmp_path: Path) -> Signer:
    return signer(tmp_path)


def test_a_signature_of_the_minisign_tool_is_understood() -> None:
    assert check(read_key(TOOL_KEY), TOOL_SIGNATURE, b"x\n") == "list 7"


def test_a_key_file_is_written_as_the_tool_writes_it() -> None:
    assert key_file(read_key(TOOL_KEY)) == TOOL_KEY


def test_the_packaged_list_is_signed_with_the_packaged_key() -> None:
    assert read_list(PACKAGED, KEY).serial >= 1


def test_a_signed_list_is_read(author: Signer) -> None:
    file = model("ear/a.txt", CONTENT)
    assert author.list(7, file).manifest.files == (file,)


@pytest.mark.parametrize("at", [0, 11, -1])
def test_a_list_changed_after_signing_is_refused(author: Signer, at: int) -> None:
    author.list(7, model("ear/a.txt", CONTENT))
    path = author.folder / "list-7.json"
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(ManifestUnsigned, match="changed after it was signed"):
        read_list(path, author.key)


def test_every_single_bit_of_a_signature_counts() -> None:
    """Each line that is signed, each of its bits; the comment on top is called untrusted."""
    key, content = read_key(TOOL_KEY), b"x\n"
    lines = TOOL_SIGNATURE.splitlines()
    for number in (1, 3):
        raw = base64.b64decode(lines[number])
        for bit in range(len(raw) * 8):
            changed = bytearray(raw)
            changed[bit // 8] ^= 1 << bit % 8
            bad = [*lines[:number], base64.b64encode(changed), *lines[number + 1 :]]
            assert refused(key_file(key), b"\n".join(bad) + b"\n", content), (number, bit)
    comment = TOOL_SIGNATURE.replace(b"list 7", b"list 8")
    assert refused(TOOL_KEY, comment, content)


def refused(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        check(read_key(key), signature, content)
    except SignatureWrong:
        return True
    return False


def test_another_key_is_refused_even_under_our_keys_name(author: Signer) -> None:
    listed = author.list(7, model("ear/a.txt", CONTENT))
    stranger = Ed25519PrivateKey.generate()
    forged = sign(stranger, listed.signed.split(b"\n", 4)[-1], "a test")
    path = author.folder / "list-7.json"
    beside = path.with_name("list-7.json.minisig")
    beside.write_bytes(forged)
    with pytest.raises(ManifestUnsigned, match="another key"):
        read_list(path, author.key)
    renamed = base64.b64decode(forged.splitlines()[1])
    renamed = renamed[:2] + public_key(author.private).name + renamed[10:]
    lines = forged.splitlines()
    lines[1] = base64.b64encode(renamed)
    beside.write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(ManifestUnsigned, match="changed after it was signed"):
        read_list(path, author.key)


@pytest.mark.parametrize(
    "signature", [b"", b"\n\n\n\n", b"a\nb\nc\nd\n", TOOL_SIGNATURE * 2, b"\xff" * 9000]
)
def test_what_is_no_signature_is_refused(author: Signer, signature: bytes) -> None:
    author.list(7, model("ear/a.txt", CONTENT))
    (author.folder / "list-7.json.minisig").write_bytes(signature)
    with pytest.raises(ManifestInvalid):
        read_list(author.folder / "list-7.json", author.key)


def test_a_list_without_a_signature_says_which_file_is_missing(author: Signer) -> None:
    author.list(7, model("ear/a.txt", CONTENT))
    (author.folder / "list-7.json.minisig").unlink()
    with pytest.raises(ManifestInvalid, match=r"list-7\.json\.minisig"):
        read_list(author.folder / "list-7.json", author.key)


def test_without_a_public_key_nothing_is_believed(author: Signer) -> None:
    listed = author.list(7, model("ear/a.txt", CONTENT))
    for key in (author.folder / "nowhere.pub", author.folder / "list-7.json"):
        with pytest.raises(ManifestUnsigned):
            asks(listed.signed, key, "of a test")


def test_asking_leaves_cryptography_out_of_this_process() -> None:
    """It takes 5 MB, and senses and mouth each open the shelf."""
    code = (
        "import sys\n"
        "from hub.shelf.shelf import open_shelf\n"
        "open_shelf()\n"
        "sys.exit('cryptography' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
