"""The few things the hub says that home-assistant-intents has no words for."""

from collections.abc import Mapping
from string import Template

_ENGLISH = {
    "risk_lock": "I don't unlock doors by voice. Please use the app or the key.",
    "risk_door": "I don't open $name by voice. Please use the app or the switch.",
    "risk_alarm": "I don't change the alarm by voice. Please use its panel.",
    "call_failed": "Sorry, $name did not respond.",
    "home_lost": "Sorry, I can't reach Home Assistant at the moment.",
    "not_supported": "Sorry, I can't do that yet.",
    "no_length": "Sorry, I need to know how long.",
    "timer_done": "Your timer is done.",
    "timer_named_done": "Your $name timer is done.",
    "done": "Done.",
}
_GERMAN = {
    "risk_lock": "Türen öffne ich nicht auf Zuruf. Bitte nimm die App oder den Schlüssel.",
    "risk_door": "$name öffne ich nicht auf Zuruf. Bitte nimm die App oder den Schalter.",
    "risk_alarm": "Den Alarm ändere ich nicht auf Zuruf. Bitte nimm das Bedienfeld.",
    "call_failed": "$name hat leider nicht reagiert.",
    "home_lost": "Ich erreiche Home Assistant gerade nicht.",
    "not_supported": "Das kann ich leider noch nicht.",
    "no_length": "Ich brauche noch eine Dauer.",
    "timer_done": "Dein Timer ist abgelaufen.",
    "timer_named_done": "Dein Timer $name ist abgelaufen.",
    "done": "Erledigt.",
}
_LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "de": _GERMAN}


def phrase(key: str, language: str, name: str = "") -> str:
    """In the language asked for, else in English."""
    words = _LANGUAGES.get(language.partition("-")[0], _ENGLISH)
    return Template(words[key]).substitute(name=name)
