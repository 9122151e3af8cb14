"""What is said of what the cameras see: yes or no first, honest about what cannot be seen. Pure.

Deterministic, from the scene alone. What an eye said too long ago is never spoken of as now. Two
cameras of one room may see the same person: then it is "at least" as many as the one sees that
sees most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.phrases import known, phrase
from hub.sight.scene import CameraSeen, PlaceSeen, Scene
from hub.sight.views import views_of
from hub.timekeeping.speech import ago, listed, once
from intents.home import Home, View
from intents.wishes import Wish
from vision.events import PICTURE

QUESTIONS = frozenset(
    {"HubIsAnyone", "HubWho", "HubHowMany", "HubThing", "HubLastSeen", "HubLook", "HubWhere"}
    | {"HubViewState", "HubCameraState"}
)
_LABELS = ("person", "dog", "cat", "car", "bicycle")


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was asked about: `fresh` views with what they see; `others` that cannot tell."""

    fresh: tuple[tuple[View, CameraSeen, PlaceSeen], ...]
    others: tuple[tuple[View, CameraSeen], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """`now`: seconds of the scene's clock; `time`: local time."""

    scene: Scene
    home: Home
    language: str
    now: float
    time: datetime

    def answer(self, wish: Wish) -> str:
        if wish.intent == "HubCameraState":
            return self._cameras(wish)
        if wish.intent == "HubViewState":
            return self._state(wish)
        views = views_of(wish, self.home)
        if not views:
            return self._say("see_no_camera")
        where = self.where(wish)
        if wish.intent == "HubThing":
            return self._thing(views, where)
        label = str(wish.slots.get("label", "person"))
        if wish.intent != "HubLook":
            views = tuple(view for view in views if label in view.labels)
        if not views:
            return self._say("see_label_cannot", where=where, label=self._say(f"label_{label}"))
        looked = self._look(views)
        if wish.intent == "HubLastSeen":
            return self._last(looked, where, today=wish.slots.get("date") == "today")
        if not looked.fresh:
            return self._unseen(looked, where)
        return self._now(wish, looked, where)

    def _now(self, wish: Wish, looked: _Looked, where: str) -> str:
        label = str(wish.slots.get("label", "person"))
        count, least = self._count(looked, label)
        said = self._counted(label, count, least=least)
        match wish.intent:
            case "HubIsAnyone" if count:
                text = self._say("see_yes", said, where=where)
            case "HubIsAnyone":
                text = self._none("see_no", label, where)
            case "HubHowMany" if count:
                text = self._say("see_count", said[0].upper() + said[1:], where=where)
            case "HubHowMany":
                text = self._none("see_count_none", label, where)
            case "HubWho":
                text = self._who(looked, count, said, where)
            case "HubWhere":
                text = self._where_is(looked, label)
            case _:
                text = self._all(looked, where)
        return " ".join((text, *self._partly(looked)))

    def _who(self, looked: _Looked, count: int, said: str, where: str) -> str:
        if not count:
            return self._say("see_no", where=where)
        names = tuple(dict.fromkeys(n for _, _, place in looked.fresh for n in place.names))
        if names:
            others = self._counted("person", count - len(names)) if count > len(names) else ""
            named = listed(
                (*names, self._say("see_unknown", others)) if others else names, self.language
            )
            return self._say("see_named", named, where=where)
        if count == 1:
            return self._say("see_who", where=where)
        return self._say("see_who_many", said[0].upper() + said[1:], where=where)

    def _where_is(self, looked: _Looked, label: str) -> str:
        there = [view for view, _, place in looked.fresh if place.counts.get(label)]
        if not there:
            return self._none("see_no", label, "")
        zones = [view for view in there if not view.is_camera] or there
        names = listed(tuple(dict.fromkeys(view.name for view in zones)), self.language)
        place = self._say("see_where_view", names)
        return self._say("see_look", self._counted(label, 1), where=place)

    def _all(self, looked: _Looked, where: str) -> str:
        counts = {label: self._count(looked, label) for label in _LABELS}
        seen = tuple(
            self._counted(label, count, least=least)
            for label, (count, least) in counts.items()
            if count
        )
        if not seen:
            return self._say("see_look_none", where=where)
        return self._say("see_look", listed(seen, self.language), where=where)

    def _count(self, looked: _Looked, label: str) -> tuple[int, bool]:
        """How many, and whether it is at least so many: cameras of one room may see the same."""
        by_camera: dict[str, int] = {}
        rooms: dict[str, str] = {}
        for view, _, place in looked.fresh:
            count = place.counts.get(label, 0)
            by_camera[view.camera] = max(by_camera.get(view.camera, 0), count)
            rooms[view.camera] = view.area or view.camera
        by_room: dict[str, list[int]] = {}
        for camera, count in by_camera.items():
            by_room.setdefault(rooms[camera], []).append(count)
        total = sum(map(max, by_room.values()))
        return total, any(sum(count > 0 for count in each) > 1 for each in by_room.values())

    def _counted(self, label: str, count: int, *, least: bool = False) -> str:
        one = f"seen_{label}_1"
        said = self._say(one if count == 1 else f"seen_{label}", count=str(count))
        return self._say("see_least", said) if least else said

    def _none(self, key: str, label: str, where: str) -> str:
        if label == "person":
            return self._say(key, where=where)
        name = self._say(f"label_{label}")
        return self._say(f"{key}_label", where=where, label=name)

    def _last(self, looked: _Looked, where: str, *, today: bool) -> str:
        """Also from a camera that sees nothing now: that is said with it."""
        seen = [*((v, c) for v, c, _ in looked.fresh), *looked.others]
        if any(place.counts.get("person") for _, _, place in looked.fresh):
            return self._say("see_last_now", where=where)
        moments = [moment for view, c in seen if (moment := c.last.get(_zone(view))) is not None]
        if moments:
            past = self.now - max(moments)
            day = (self.time - timedelta(seconds=past)).date()
            key = "see_last_not_today" if today and day != self.time.date() else "see_last"
            text = self._say(key, where=where, ago=ago(past, self.language))
        else:
            text = self._say("see_last_never", where=where)
        return " ".join((text, *self._partly(looked)))

    def _thing(self, views: Sequence[View], where: str) -> str:
        """Only views that look for things can say that there is none."""
        looking = tuple(view for view in views if view.objects)
        if not looking:
            return self._say("see_thing_cannot")
        looked = self._look(looking)
        if not looked.fresh:
            return self._unseen(looked, where)
        left = any(
            seen.places[zone].left
            for view, seen, _ in looked.fresh
            for zone in (seen.places if view.is_camera else (_zone(view),))
            if zone in seen.places
        )
        if left:
            return self._say("see_thing_yes", where=where)
        return " ".join((self._say("see_thing_no", where=where), *self._partly(looked)))

    def _unseen(self, looked: _Looked, where: str) -> str:
        """Why, of the first camera that should see it; and when it last saw somebody."""
        view, seen = looked.others[0]
        name = self._camera_name(view)
        if seen.condition == "off":
            return self._off(seen, name, where)
        if seen.condition == "starting":
            return self._say("see_starting", name, where=where)
        since = seen.since if seen.condition == "blind" else seen.at or self.now
        text = self._say("see_blind", name, where=where, ago=ago(self.now - since, self.language))
        last = seen.last.get(_zone(view))
        if last is None:
            return text
        told = self._say("see_last", where="", ago=ago(self.now - last, self.language))
        return f"{text} {told}"

    def _off(self, seen: CameraSeen, name: str, where: str) -> str:
        if seen.off_until is None:
            return self._say("see_off", name, where=where)
        return self._say("see_off_until", name, where=where, time=self.until(seen.off_until))

    def _partly(self, looked: _Looked) -> Sequence[str]:
        names = dict.fromkeys(self._camera_name(view) for view, _ in looked.others)
        return [self._say("see_partly", name) for name in names]

    def _state(self, wish: Wish) -> str:
        look = str(wish.slots.get("look", ""))
        for view in views_of(wish, self.home):
            seen = self.scene.cameras.get(view.camera)
            state = seen.states.get(look.replace(" ", "_")) if seen else None
            if seen and state and seen.fresh(self.now):
                return self._say("see_state", look, state=state)
        return self._say("see_state_unknown", look)

    def _cameras(self, wish: Wish) -> str:
        keys = dict.fromkeys(view.camera for view in views_of(wish, self.home))
        said = tuple(self._condition(key) for key in keys if key in self.scene.cameras)
        if not said:
            return self._say("see_no_camera")
        text = listed(said, self.language)
        return self._say("see_cameras", text[0].upper() + text[1:])

    def _condition(self, key: str) -> str:
        seen = self.scene.cameras[key]
        view = next(each for each in self.home.views if each.id == key)
        name = self._camera_name(view)
        if seen.condition == "off" and seen.off_until is not None:
            return self._say("see_camera_off_until", name, time=self.until(seen.off_until))
        since = ago(self.now - seen.since, self.language)
        return self._say(f"see_camera_{seen.condition}", name, ago=since)

    def _camera_name(self, view: View) -> str:
        camera = next((each for each in self.home.views if each.id == view.camera), view)
        return camera.name.removesuffix(" camera")

    def _look(self, views: Sequence[View]) -> _Looked:
        fresh, others = [], []
        for view in views:
            found = self.scene.place(view.id)
            if found is None:
                continue
            seen, place = found
            if seen.fresh(self.now) and place is not None:
                fresh.append((view, seen, place))
            else:
                others.append((view, seen))
        return _Looked(tuple(fresh), tuple(others))

    def where(self, wish: Wish) -> str:
        """As it is put behind an answer; nothing where no place was said."""
        if wish.slots.get("place") == "outside":
            return self._say("see_where_outside")
        for slot in ("view", "area", "floor"):
            if slot in wish.slots:
                name = str(wish.slots[slot])
                return self._say(f"see_where_{slot}", name.casefold() if slot == "floor" else name)
        return ""

    def until(self, moment: float) -> str:
        """Seconds since 1970 as one says it."""
        return once(datetime.fromtimestamp(moment, self.time.tzinfo), self.time, self.language)

    def _say(self, key: str, name: str = "", **values: str) -> str:
        assert known(key, self.language), key
        return phrase(key, self.language, name, **values)


def _zone(view: View) -> str:
    return PICTURE if view.is_camera else view.id.split(".", 1)[1]
