"""How English words sound, by their letters: rough, but the same for what was said and what can be.

Two spellings of one sound ("rose to", "roast a") come out near each other; that is all it is for.
Sounds are single characters: vowels I i e a V A O o U u R(er) E(ey) Y(eye) W(ow) Q(oy), and
consonants as they are written, with T(th) S(sh) Z(zh) C(ch) J(j) N(ng) y.
"""

import re
from functools import lru_cache

JOINING = frozenset({"to", "for"})
"""Words that sound like numbers; at the end of a sentence they are what they are."""

_FREQUENT = (
    "th=T st=st nd=nd rd=rd and=Vn",
    "a=V an=Vn the=TV of=Vv to=tu too=tu two=tu do=du who=hu you=yu your=yOr are=Ar was=wVz",
    "what=wVt one=wVn once=wVns four=fOr eight=Et eighth=EtT have=hav give=giv some=sVm",
    "come=kVm done=dVn none=nVn love=lVv above=VbVv said=sed says=sez been=bin busy=bizI",
    "any=enI many=menI color=kVlR colour=kVlR cover=kVvR covers=kVvRz oven=VvVn open=opVn",
    "ounce=Wns hour=WR hours=WRz our=WR minute=minVt minutes=minVts garage=gVrAZ latte=lAtE",
    "mocha=mokV radio=rEdIo media=mIdIV video=vidIo live=liv living=liviN is=iz his=hiz has=haz",
    "as=az isn't=izVnt does=dVz doesn't=dVzVnt bed=bed there=Ter where=wer were=wR there's=Terz",
    "where's=werz they=TE i=Y i'm=Ym i'd=Yd i'll=Yl my=mY me=mI he=hI she=SI we=wI be=bI by=bY",
    "no=no go=go so=so hello=helo people=pIpVl water=wOtR warm=wOrm word=wRd work=wRk",
    "world=wRld heard=hRd heart=hArt bread=bred head=hed ready=redI weather=weTR floor=flOr",
    "door=dOr front=frVnt month=mVnT mother=mVTR brother=brVTR other=VTR another=VnVTR",
    "nothing=nVTiN something=sVmTiN won=wVn son=sVn want=wVnt wanted=wVntVd watch=wAC wash=wAS",
    "wall=wOl all=Ol ball=bOl call=kOl hall=hOl small=smOl fall=fOl tall=tOl half=haf talk=tOk",
    "walk=wOk put=pUt pull=pUl full=fUl push=pUS could=kUd should=SUd would=wUd look=lUk",
    "book=bUk good=gUd room=rum bedroom=bedrum woman=wUmVn women=wimin father=fATR office=Ofis",
    "island=YlVnd answer=ansR listen=lisVn build=bild building=bildiN juice=jus suit=sut",
    "fruit=frut machine=mVSIn police=pVlIs engine=enjin vacuum=vakyum heat=hIt area=erIV",
    "idea=YdIV through=Tru though=To thought=TOt bought=bOt enough=inVf laugh=laf eye=Y eyes=Yz",
)
"""Words that their letters do not tell."""

_WORDS = dict(pair.split("=") for line in _FREQUENT for pair in line.split())

_NAMES = "E bI sI dI I ef jI EC Y jE kE el em en o pI kyu Ar es tI yu vI dVbVlyu eks wY zI"
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES.split(), strict=True))

_RULES = tuple(
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        (r"(?<=.)tions?\b", "SVn"),
        (r"(?<=[aeiou])sion", "ZVn"),
        (r"(?<=.)sion", "SVn"),
        (r"(?<=.)ture(?=s?\b)", "CR"),
        (r"eigh", "E"),
        (r"augh|ough(?=t)", "O"),
        (r"igh", "Y"),
        (r"ough", "o"),
        (r"tch|(?<!s)ch", "C"),
        (r"sch", "sk"),
        (r"dge?(?=[eiy])|dge", "J"),
        (r"ck|cc(?![eiy])|kh", "k"),
        (r"cc", "C"),
        (r"ss", "s"),
        (r"sh", "S"),
        (r"th", "T"),
        (r"ph", "f"),
        (r"\bwh", "w"),
        (r"\bwr", "r"),
        (r"\b[kg]n", "n"),
        (r"mb\b", "m"),
        (r"gh", ""),
        (r"ng(?=e)", "nJ"),
        (r"ng", "N"),
        (r"nk", "Nk"),
        (r"qu", "kw"),
        (r"(?:air|are|ear(?=\b))(?=s?\b)", "er"),
        (r"eer|ear", "Ir"),
        (r"oor|our|ore(?=s?\b)|or|oar", "Or"),
        (r"ire(?=[sd]?\b)", "YR"),
        (r"ure(?=[sd]?\b)", "yUr"),
        (r"ar", "Ar"),
        (r"err?(?=[aiou])", "er"),
        (r"err?|ir|urr?", "R"),
        (r"ee|ea|ie(?=.)", "I"),
        (r"oo", "u"),
        (r"ai|ay|ei", "E"),
        (r"ey\b", "I"),
        (r"ey", "E"),
        (r"oi|oy", "Q"),
        (r"ow(?=[ln]\b)|ou|ow(?=er|el|d)", "W"),
        (r"ow|oa|oe\b", "o"),
        (r"au|aw|al(?=[kl])", "O"),
        (r"ue\b|ew|ui|eu", "u"),
        (r"ie\b", "I"),
        (r"(?<=[^aeiou])le(?=s?\b)", "Vl"),
        (r"(?<=[aeiou][td])ed\b|(?<=[aeiou][^aeiou][td])ed\b", "Vd"),
        (r"(?<=[aeiou][^aeiou])ed\b|(?<=[aeiou][^aeiou]{2})ed\b", "d"),
        (r"(?<=[sxz])es\b|(?<=[cs]h)es\b", "Vz"),
        (r"a(?=[^aeiouywxr]e[sd]?\b|[^aeiouywxr]ing\b)", "E"),
        (r"e(?=[^aeiouywxr]e[sd]?\b)", "I"),
        (r"i(?=[^aeiouywxr]e[sd]?\b|nd\b|ld\b)", "Y"),
        (r"o(?=[^aeiouywxr]e[sd]?\b|ld|st\b|ll\b)", "o"),
        (r"u(?=[^aeiouywxr]e[sd]?\b)", "u"),
        (r"(?<=..)e(?=s?\b)", ""),
        (r"\by", "y"),
        (r"(?<=[aeiouy][^aeiouy])y\b|(?<=[^aeiouy]{2})y\b(?<=....)|(?<=...)y\b", "I"),
        (r"y\b", "Y"),
        (r"y", "i"),
        (r"o\b", "o"),
        (r"a\b", "V"),
        (r"i\b", "I"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])(?<!\bg)", "J"),
        (r"x", "ks"),
        (r"(?<=[aeiou])s(?=[aeiou])|(?<=[aeioubdglmnrv])s\b", "z"),
        (r"a", "a"),
        (r"e", "e"),
        (r"i", "i"),
        (r"o", "A"),
        (r"u", "V"),
        (r"c|q", "k"),
        (r"j", "J"),
    )
)
_DOUBLED = re.compile(r"([bdfgklmnprtvz])\1")
_VOWELS = frozenset("aeiouy")
_PLAIN = frozenset("bdfghklmnprstvwz")
"""Letters that sound as they are written."""


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """One word as it is written (capitals tell initials) -> its sounds."""
    lower = word.casefold()
    if lower in _WORDS:
        return _WORDS[lower]
    if _is_spelled(word):
        return "".join(_LETTERS.get(letter, "") for letter in lower)
    if lower.endswith("'s"):
        return sound(word[:-2]) + "s"
    bare = _DOUBLED.sub(r"\1", lower.replace("'", ""))
    sounds, at = "", 0
    while at < len(bare):
        letters, heard = _next(bare, at)
        sounds += heard
        at += letters
    return sounds


def _next(word: str, at: int) -> tuple[int, str]:
    """How many letters the first rule that fits takes, and what they sound like."""
    for rule, heard in _RULES:
        if found := rule.match(word, at):
            return len(found[0]), heard
    return 1, word[at] if word[at] in _PLAIN else ""


def _is_spelled(word: str) -> bool:
    """Said letter by letter: TV, LED."""
    short = len(word) <= 4  # noqa: PLR2004  # longer ones are words in capitals
    mute = len(word) > 1 and _VOWELS.isdisjoint(word.casefold())
    return short and word.isalpha() and (mute or word.isupper())
