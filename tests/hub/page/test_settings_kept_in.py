"""What the page does not change in the settings, and what it asks for first."""

import socket
from random import Random

import pytest

from hub.config import Config
from tests.hub.page.parts import Stage
from tests.hub.page.settings_parts import Own, save, shown


@pytest.fixture
def page(owned: Stage) -> Stage:
    return owned


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("page.listen", "999.1.1.1", "page: 999.1.1.1:8770 cannot be had"),
        ("page.listen", "nowhere.invalid", "page: nowhere.invalid:8770 cannot be had"),
        ("page.listen", "192.0.2.77", "page: 192.0.2.77:8770 cannot be had"),
    ],
)
async def test_an_address_that_cannot_be_had_is_told(
    guarded: Stage, file: Own, key: str, value: str, words: str
) -> None:
    before = file.text
    status, told = await save(guarded, {key: value}, sure=True)
    assert (status, words in told["problem"]) == (409, True), told
    assert file.text == before


async def test_a_port_that_is_taken_is_told(page: Stage, file: Own) -> None:
    before = file.text
    with socket.create_server(("127.0.0.1", 0)) as other:
        status, told = await save(page, {"page.port": other.getsockname()[1]})
    assert (status, "Address already in use" in told["problem"]) == (409, True)
    assert file.text == before


async def test_what_nobody_s_page_saves_leaves_a_file_that_is_read(page: Stage, file: Own) -> None:
    chance = Random(11)
    keys = [each["key"] for each in (await shown(page))["options"]]
    values: list[object] = [
        *(True, None, -1, 1e300, 0.5, "", "no", "a: b\n- c", "\x00", "\ud7ff", "0.0.0.0", "#"),
        *([], ["x"], ["", "-"], ["\n"], {}, [[0.1, 0.2]]),
    ]
    saved = 0
    for _ in range(60):
        some = {chance.choice(keys): chance.choice(values) for _ in range(chance.randrange(4))}
        mark = (await shown(page))["mark"]
        body = {"mark": mark, "changes": some, "sure": chance.random() < 0.5}
        answer = await page.do("save", body)
        assert answer.status in (200, 400, 409, 429), some
        saved += answer.status == 200 and (await answer.json())["saved"]
        assert Config.model_validate(file.values).page is not None
    assert saved > 5


@pytest.mark.parametrize(
    "key",
    [
        "home_assistant.token.file",
        "home_assistant.url",
        "mqtt.host",
        "mqtt.password",
        "cameras.porch.url",
        "cameras.porch.password",
        "speaker.file",
        "microphone.files",
        "page.ingress",
        "page.password",
        "care.code",
        "debug.recordings",
        "debug.recordings.to",
        "cameras.yard.fps",
        "nothing",
        "",
        "..",
    ],
)
async def test_what_leads_to_secrets_and_files_is_changed_by_hand(
    page: Stage, file: Own, key: str
) -> None:
    before = file.text
    for value in ("http://192.0.2.9", None):
        status, told = await save(page, {key: value})
        assert (status, told["problem"]) == (409, "That is changed in the file alone.")
    assert file.text == before


@pytest.mark.parametrize(
    ("changes", "lets_out"),
    [
        ({"privacy.words": True}, "words"),
        ({"page.listen": "0.0.0.0"}, "page_open"),
        ({"cameras.porch.publish.counts": "exact"}, "published"),
        ({"cameras.porch.faces": ["Ada"]}, "faces"),
        ({"mqtt.hermes": True}, "hermes"),
    ],
)
async def test_what_lets_more_out_is_asked_for_first(
    guarded: Stage, file: Own, changes: dict[str, object], lets_out: str
) -> None:
    before = file.text
    status, told = await save(guarded, changes)
    assert (status, told["saved"], told["lets_out"]) == (200, False, [lets_out])
    assert file.text == before
    status, told = await save(guarded, changes, sure=True)
    assert (status, told["saved"]) == (200, True)
    assert file.text != before


async def test_without_a_password_nothing_more_is_let_out(page: Stage, file: Own) -> None:
    before = file.text
    status, told = await save(page, {"mqtt.hermes": True}, sure=True)
    assert status == 409
    assert "without a password" in told["problem"]
    drawing = {"camera": "porch", "zones": [], "never_see": []}
    assert (await save(page, drawing, "save-zones", sure=True))[0] == 409
    assert file.text == before
