"""What people ask of the running hub, over MQTT or at the machine itself, done by the household."""

from collections.abc import Sequence

from hub.aliases import active
from hub.care.pending import NO_DEED
from hub.control import (
    AliasesRequest,
    AliasLine,
    Answer,
    AskRequest,
    ConfirmRequest,
    DeviceLine,
    DevicesRequest,
    ForgetRequest,
    MuteRequest,
    PrivacyRequest,
    SayRequest,
    Shown,
    StateRequest,
    Told,
    TuneLine,
    TuneRequest,
    WhyRequest,
)
from hub.fields import MICROPHONE
from hub.guard import Guard
from hub.household import Household
from hub.messages import StopRecording
from hub.mute import Place
from hub.turn import Action, line
from hub.why.recorder import Recorder
from hub.why.traces import NotKept
from integrations.inbox import Refusal
from integrations.payloads import (
    Announce,
    Ask,
    CodeAnswered,
    CodeResult,
    Command,
    Confirm,
    Say,
    SetMute,
    SetRecording,
    SetRinging,
    SetWakeSensitivity,
)
from intents.home import areas_called, where


async def from_mqtt(household: Household, command: Command) -> None:
    match command:
        case SetMute(muted=muted):
            household.mute(muted, Place.MQTT)
        case SetRecording():
            household.lines.launcher(StopRecording())
        case SetRinging():
            household.stop_ringing()
        case SetWakeSensitivity(value=value):
            household.set_sensitivity(value)
        case Say(text=text):
            household.voice.say(text)
        case Announce(text=text):
            household.announce(text)
        case Ask(area=area) if not _is_room(household, area):
            household.publisher.mqtt.refuse(Refusal.UNKNOWN_ROOM)
        case Ask(text=text, area=area):
            await household.ask(text, area, "mqtt")
        case Confirm(id=wanted, code=code):
            await confirm(household, wanted, code)


async def from_owner(
    household: Household, guard: Guard, request: Told | Shown | ForgetRequest
) -> Answer:
    match request:
        case SayRequest(text=text):
            return _said(household, text)
        case AskRequest(area=area) if not _is_room(household, area):
            return Answer(result="failed", problem=f"This home has no room {area!r}.")
        case AskRequest(text=text, area=area):
            return Answer(turn=line(await household.ask(text, area)))
        case ConfirmRequest(code=code, id=wanted):
            return _confirmed(await confirm(household, wanted, code))
        case MuteRequest(muted=muted):
            household.mute(muted, Place.MACHINE)
            return Answer()
        case TuneRequest():
            return await _tuned(household)
        case PrivacyRequest():
            return Answer(wall=guard.line())
        case _:
            return _shown(household, request)


async def _tuned(household: Household) -> Answer:
    found = await household.tuner.propose()
    if found is None:
        problem = "The hub does not listen at the moment: it is muted, starting or deaf."
        return Answer(result="failed", problem=problem)
    proposed = TuneLine(
        sensitivity=found.sensitivity,
        words=found.words,
        missed=found.missed,
        others=found.others,
        waking=found.waking,
        now=household.sensitivity,
    )
    return Answer(tuned=proposed)


def _shown(
    household: Household,
    request: AliasesRequest | DevicesRequest | StateRequest | WhyRequest | ForgetRequest,
) -> Answer:
    match request:
        case AliasesRequest(remove=name):
            return _learned(household, name)
        case DevicesRequest():
            return Answer(devices=_devices(household))
        case StateRequest():
            return Answer(assist=household.status.assist)
        case WhyRequest() | ForgetRequest():
            return _why(household.why, request)


def _said(household: Household, text: str) -> Answer:
    if not household.voice.is_at(MICROPHONE):
        return Answer(result="failed", problem="The hub has no loudspeaker at the moment.")
    household.voice.say(text)
    return Answer()


def _why(recorder: Recorder, request: WhyRequest | ForgetRequest) -> Answer:
    if recorder.traces is None:
        problem = "Nothing is kept that could explain it: the settings say privacy: traces: false."
        return Answer(result="failed", problem=problem)
    try:
        if isinstance(request, WhyRequest):
            return Answer(traces=recorder.last(request.last))
        recorder.forget()
    except NotKept as error:
        return Answer(result="failed", problem=str(error))
    return Answer()


def _confirmed(answered: CodeAnswered) -> Answer:
    match answered.result:
        case "done" | "published":
            return Answer()
        case "refused":
            return Answer(result="failed", problem="The rules of care do not allow it any more.")
        case "failed":
            return Answer(result="failed", problem="The home did not do it.")
        case why:
            return Answer(result="failed", problem=NO_DEED[why])


def _is_room(household: Household, area: str | None) -> bool:
    """Said in a room that is not there, "the lights" would be those of the whole house."""
    return area is None or bool(areas_called(household.conversation.backend.home, area))


def _learned(household: Household, forgotten: str | None) -> Answer:
    if forgotten is not None:
        if not household.aliases.remove(forgotten):
            return Answer(result="failed", problem="No such name has been learned.")
        household.home_changed()
    return Answer(aliases=_aliases(household))


def learn(household: Household, phrase: str, thing: str) -> None:
    """A name for a thing, as its owner wants it. Raises AliasRefused, OSError."""
    household.aliases.teach(phrase, thing, household.conversation.backend.home)
    household.home_changed()


def _aliases(household: Household) -> tuple[AliasLine, ...]:
    home, learned = household.conversation.backend.home, household.aliases.all
    names = {area.id: area.name for area in home.areas}
    names |= {entity.id: entity.name for entity in home.entities}
    used = active(home, learned)
    return tuple(AliasLine(a.phrase, names.get(a.target, a.target), a in used) for a in learned)


def _devices(household: Household) -> tuple[DeviceLine, ...]:
    home = household.conversation.backend.home
    return tuple(
        DeviceLine(e.name, e.domain, spot.name if (spot := where(home, e.area)) else None, e.state)
        for e in home.entities
    )


async def confirm(household: Household, wanted: str | None, code: str) -> CodeAnswered:
    """The code, from a second device; `wanted`: the question's id, None: the only one."""
    conversation = household.conversation
    found = conversation.pending.confirm(wanted, code, conversation.clock())
    if isinstance(found, str):
        household.terminal.note(NO_DEED[found])
        answered = CodeAnswered(id=wanted, result=found)
    else:
        outcome = await conversation.confirmed(found)
        household.voice.say(outcome.reply)
        answered = CodeAnswered(id=found.id, result=_worst(outcome.actions))
    household.publisher.code_answered(answered)
    return answered


def _worst(actions: Sequence[Action]) -> CodeResult:
    results = {action.result for action in actions}
    if "failed" in results:
        return "failed"
    if results - {"done", "published"}:
        return "refused"
    return "published" if "published" in results else "done"
