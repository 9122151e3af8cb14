"""Rules as an owner writes them; a wrong one is told with its place."""

from pathlib import Path

import pytest

from hub.care.classes import Care
from hub.care.rules import CareRules
from hub.care.verbs import Verb
from hub.config_file import ConfigError, load
from hub.doctor import examine
from hub.network import SecretMissing, owners_code

CARE = """\
care:
  code: {file: %s}
  rules:
    - {name: Garage Door, action: open, care: code}
    - {domain: switch, action: on, hours: 22:00-06:00, speaker: guest, care: never}
    - {entity: switch.bathroom_heater, care: free}
"""


def rules(tmp_path: Path, text: str) -> CareRules:
    file = tmp_path / "inglenook.yaml"
    file.write_text(text)
    return load(file).care.care_rules()


def test_rules_are_read_as_they_are_written(tmp_path: Path) -> None:
    found = rules(tmp_path, CARE % "/code")
    assert found.has_code
    assert [(rule.name, rule.action, rule.care) for rule in found.rules] == [
        ("Garage Door", Verb.OPEN, Care.CODE),
        (None, Verb.ON, Care.NEVER),
        (None, None, Care.FREE),
    ]
    assert found.rules[2].entity == "switch.bathroom_heater"
    hours = found.rules[1].hours
    assert hours is not None
    assert (hours.first.hour, hours.last.hour) == (22, 6)


@pytest.mark.parametrize(
    ("written", "line", "expected"),
    [
        ("{name: Oven, care: fre}", 3, ["care.rules.0.care", "'fre'", "read_back"]),
        ("{name: Oven}", 3, ["care.rules.0.care", "must be given"]),
        ("{nam: Oven, care: free}", 3, ["care.rules.0.nam", "did you mean 'name'?"]),
        ("{care: free, action: explode}", 3, ["care.rules.0.action", "'explode'", "'unlock'"]),
        ("{care: free, hours: 22:00}", 3, ["care.rules.0.hours", "22:00-06:00"]),
        ("{care: free, hours: 22:00-25:00}", 3, ["care.rules.0.hours", "22:00-06:00"]),
        ("{care: free, hours: 08:00-08:00}", 3, ["care.rules.0.hours", "different"]),
        ("{care: free, way: fax}", 3, ["care.rules.0.way", "'fax'", "'voice'"]),
        ("{care: confirm, action: unlock}", 3, ["care.rules.0", "unlock", "code at least"]),
        ("{care: free, entity: oven}", 3, ["care.rules.0.entity", "'oven'"]),
        ("{care: free, entity: switch.}", 3, ["care.rules.0.entity", "'switch.'"]),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(
    tmp_path: Path, written: str, line: int, expected: list[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        rules(tmp_path, f"care:\n  rules:\n    - {written}\n")
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'inglenook.yaml'}:{line}: ")
    for part in expected:
        assert part in message


def test_a_code_written_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        rules(tmp_path, "care: {code: 13579}\n")
    assert "13579" not in str(caught.value)


@pytest.mark.parametrize("code", ["", "123"])
async def test_a_code_that_is_missing_or_short_is_told(tmp_path: Path, code: str) -> None:
    secret = tmp_path / "code"
    if code:
        secret.write_text(code)
    (tmp_path / "inglenook.yaml").write_text(CARE % secret)
    config = load(tmp_path / "inglenook.yaml")
    with pytest.raises(SecretMissing, match=r"care\.code"):
        owners_code(config)
    findings = {each.what: each for each in await examine(tmp_path / "inglenook.yaml")}
    assert findings["care"].verdict == "broken"
    secret.write_text("123456\n")
    code_read = owners_code(config)
    assert code_read is not None
    assert code_read.secret == "123456"
