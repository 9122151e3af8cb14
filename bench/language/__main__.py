"""Every measure of text, ours and Home Assistant's matcher in the same run; a row as each is done.

`python -m bench.language [--set NAME] [--misses] [--json]`. The sets are in `$INGLENOOK_DATA/text`
and beside this file; `misses` shows each sentence that was wrong, with what was understood.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence

import msgspec

from bench.figures import show
from bench.language.adjacent import home_adjacent
from bench.language.brains import Brain, HomeAssistant, Inglenook, Said
from bench.language.sentences import WRITTEN, Sentence, published, several
from bench.language.slurp import iot, not_home
from bench.language.speed import speed

SETS: Mapping[str, Callable[[], Sequence[Sentence]]] = {
    "ha_intents_en": lambda: published("ha_intents_en.jsonl"),
    "ha_intents_de_fr_es_nl_it": lambda: published("ha_intents_de_fr_es_nl_it.jsonl"),
    "slurp_iot": iot,
    "slurp_not_home": not_home,
    "slurp_home_adjacent": home_adjacent,
    "several": lambda: several(*WRITTEN),
    "several_made": lambda: several(WRITTEN[0]),
    "several_written": lambda: several(WRITTEN[1]),
}
_TIMED = ("slurp_iot", "slurp_not_home", "slurp_home_adjacent", "several")
_EVERY = 3
"""Of the sentences that are timed, so many apart are."""
_SIZES = (50, 1000)
_HEADS = ("set", "brain", "n", "right", "share", "acted", "asked", "answered")


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """`share` 0..1 of them right. `acted`, `asked`, `answered`: sentences after which something was
    done, an answer was waited for, something was understood without either.
    """

    set: str
    brain: str
    n: int
    right: int
    share: float
    acted: int
    asked: int
    answered: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--set", choices=[*SETS, "time"], help="only this; time: seconds a sentence"
    )
    parser.add_argument("--misses", action="store_true", help="show what was wrong")
    parser.add_argument("--ours", action="store_true", help="leave the peer out")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    brains: list[Brain] = [Inglenook()] if args.ours else [Inglenook(), HomeAssistant()]
    if args.set != "time":
        chosen = [args.set] if args.set else list(SETS)
        _scores(chosen, brains, json=args.json, misses=args.misses)
    if args.set in (None, "time"):
        _speeds(brains, json=args.json)


def _scores(chosen: Sequence[str], brains: Sequence[Brain], *, json: bool, misses: bool) -> None:
    found: list[Score] = []
    for name in chosen:
        sentences = SETS[name]()
        for brain in brains:
            said = [brain.say(s.text, s.home, s.language, s.area) for s in sentences]
            found.append(score(name, brain.name, sentences, said))
            if json:
                print(msgspec.json.encode(found[-1]).decode(), flush=True)
            if misses:
                _show_misses(name, brain.name, sentences, said)
    if not json:
        show(_HEADS, [[getattr(each, head) for head in _HEADS] for each in found])


def score(name: str, brain: str, sentences: Sequence[Sentence], said: Sequence[Said]) -> Score:
    right = sum(sentence.fits(each) for sentence, each in zip(sentences, said, strict=True))
    acted = sum(each.acts for each in said)
    asked = sum(each.asks for each in said)
    return Score(
        set=name,
        brain=brain,
        n=len(said),
        right=right,
        share=round(right / len(said), 3),
        acted=acted,
        asked=asked,
        answered=sum(bool(each.wishes) and not each.acts and not each.asks for each in said),
    )


def _show_misses(
    name: str, brain: str, sentences: Sequence[Sentence], said: Sequence[Said]
) -> None:
    for sentence, each in zip(sentences, said, strict=True):
        if not sentence.fits(each):
            meant = [
                (m.wish.intent, dict(m.wish.slots), *([dict(m.when)] if m.when else []))
                for m in each.meant
            ]
            print(f"{name}, {brain}: {sentence.text}\n  want {sentence.wanted}\n  got  {meant}")


def _speeds(brains: Sequence[Brain], *, json: bool) -> None:
    sentences = [sentence for name in _TIMED for sentence in SETS[name]()][::_EVERY]
    found = [speed(brain, size, sentences) for size in _SIZES for brain in brains]
    if json:
        for each in found:
            print(msgspec.json.encode(each).decode())
        return
    heads = ("brain", "entities", "n", "first", "p50", "p95", "cpu_p50", "cpu_p95")
    show(heads, [[getattr(each, head) for head in heads] for each in found])


if __name__ == "__main__":
    main()
