"""Settings saved on the page: the owner's file, judged first, changed alone where it is changed."""

from pathlib import Path

import pytest
import yaml

from hub.changing.source import source
from hub.config import Config
from hub.messages import Restart
from hub.page.settings import SettingsDesk
from tests.hub.page.parts import Stage
from tests.hub.page.settings_parts import CAMERA, NEVER, NEW, Own, save, shown


@pytest.fixture
def page(owned: Stage) -> Stage:
    return owned


async def test_a_change_is_saved_and_waits_for_a_start(page: Stage, file: Own) -> None:
    file.write(f"# my own words\n{file.text}")
    status, told = await save(page, {"listen.silence": 1.2, "area": None, "speaker.earcons": False})
    assert (status, told) == (200, {"saved": True, "mistakes": [], "lets_out": []})
    assert file.text.startswith("# my own words\n")
    found = file.values
    assert (found["listen"], found["speaker"]) == ({"silence": 1.2}, {"earcons": False})
    assert "area" not in found
    now = await shown(page)
    assert now["waiting"] == ["area", "listen.silence", "speaker.earcons"]
    assert now["can_undo"]
    assert (await page.do("undo", {"mark": now["mark"]})).status == 200
    assert file.values["area"] == "Kitchen"
    assert (await shown(page))["waiting"] == []


async def test_sensitivity_is_taken_up_at_once(page: Stage) -> None:
    await save(page, {"listen.sensitivity": 0.7})
    assert page.parts.household.sensitivity == 0.7
    now = await shown(page)
    assert now["waiting"] == []
    assert (await page.do("undo", {"mark": now["mark"]})).status == 200
    assert page.parts.household.sensitivity == 0.5


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"listen.silence": 9}, "listen.silence", "less than or equal to 3"),
        ({"listen.silence": "long"}, "listen.silence", "number"),
        ({"language": "xx"}, "language", "allowed"),
        ({"cameras.porch.zones.step.dwell": -1}, "cameras.porch.zones.step.dwell", "greater"),
        ({"listen.presence": True}, "", "listen.presence needs"),
        ({"mqtt.listen": "0.0.0.0"}, "mqtt", "needs a username"),
    ],
)
async def test_a_mistake_is_told_at_its_key_and_nothing_is_written(
    page: Stage, file: Own, changes: dict[str, object], key: str, words: str
) -> None:
    before = file.text
    status, told = await save(page, changes)
    assert (status, told["saved"]) == (200, False)
    [mistake] = told["mistakes"]
    assert mistake["key"] == key
    assert words in mistake["message"]
    assert file.text == before


async def test_zones_are_drawn_into_the_file(guarded: Stage, file: Own) -> None:
    step = {"key": "step", "name": "", "corners": [[0.1, 0.2], [0.8, 0.2], [0.8, 0.9]]}
    drawing = {"camera": "porch", "zones": [step, NEW], "never_see": [NEVER]}
    status, told = await save(guarded, drawing, "save-zones")
    assert (status, told["saved"], told["lets_out"]) == (200, True, [])
    zones = file.values["cameras"]["porch"]["zones"]
    assert zones["step"] == {"corners": step["corners"], "labels": ["person", "cat"]}
    assert zones["mat"] == {"name": "door mat", "corners": NEW["corners"]}
    less = {"camera": "porch", "zones": [], "never_see": []}
    status, told = await save(guarded, less, "save-zones")
    assert (told["saved"], told["lets_out"]) == (False, ["seen"])
    status, told = await save(guarded, less, "save-zones", sure=True)
    assert told["saved"]
    assert file.values["cameras"]["porch"] == {
        "url": CAMERA["url"],
        "zones": {},
    }


async def test_a_drawing_that_cannot_be_is_told(page: Stage, file: Own) -> None:
    before = file.text
    crossing = {**NEW, "corners": [[0, 0], [1, 1], [1, 0], [0, 1]]}
    drawing = {"camera": "porch", "zones": [crossing], "never_see": [NEVER]}
    status, told = await save(page, drawing, "save-zones")
    assert (status, told["saved"]) == (200, False)
    assert "cross" in told["mistakes"][0]["message"]
    assert (await save(page, {**drawing, "camera": "yard"}, "save-zones"))[0] == 409
    assert file.text == before


async def test_a_file_that_was_changed_meanwhile_stays(page: Stage, file: Own) -> None:
    mark = (await shown(page))["mark"]
    file.write(f"{file.text}# by hand\n")
    before = file.text
    body = {"mark": mark, "changes": {"area": "Hall"}}
    for name, given in (("save", body), ("undo", {"mark": mark})):
        answer = await page.do(name, given)
        assert answer.status == 409
        assert "changed elsewhere" in (await answer.json())["problem"]
    assert file.text == before


async def test_a_new_start_only_with_settings_it_would_come_back_with(
    page: Stage, file: Own
) -> None:
    good = file.text
    file.write("area: [\n")
    answer = await page.do("restart", {})
    assert answer.status == 409
    assert "not YAML" in (await answer.json())["problem"]
    assert "not YAML" in (await shown(page))["problem"]
    file.write(f"{good}care: {{code: {{file: /nowhere/code}}}}\n")
    answer = await page.do("restart", {})
    assert "care.code: the file /nowhere/code cannot be read" in (await answer.json())["problem"]
    assert Restart() not in page.told
    file.write(good)
    assert (await page.do("restart", {})).status == 200
    assert page.told[-1] == Restart()


async def test_the_options_of_the_app_stay_on_top(page: Stage, state: Path) -> None:
    """The owner's file may be missing there, and holds zones of a camera that an option names."""
    over = Own(state / "options.yaml")
    over.write(yaml.safe_dump({"language": "de", "cameras": {"porch": {"url": "rtsp://a/b"}}}))
    own = source(state / "config.yaml", over.path)
    running = Config.model_validate(own.over)
    settings = SettingsDesk(own, running, page.parts.household, may_loosen=True)
    told = await settings.show()
    assert set(told.fixed) == {"language", "cameras.porch.url"}
    body = '{"mark": "absent", "camera": "porch", "never_see": [], "zones": [%s]}'
    zone = '{"key": "mat", "name": "", "corners": [[0.1, 0.1], [0.2, 0.1], [0.2, 0.3]]}'
    assert (await settings.save_zones((body % zone).encode())).saved
    found = Own(state / "config.yaml").values
    assert found == {"cameras": {"porch": {"zones": {"mat": {"corners": NEW["corners"]}}}}}
