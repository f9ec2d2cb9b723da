"""Words that promise a cure or an outcome. Pure.

What a clinic says of itself is to be factual, and such that it can be verified (CNHC Code, principle C4); for what is
said about health, evidence is to be held (UK CAP Code, section 12). A machine finds words, not meanings: what it finds
is pointed out to whoever wrote it, and never refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PAIN = r"(?:pains?|aches?|ach(?:e|ing)|soreness|stiffness|sciatica|migraines?|headaches?|tension)"
BODY = r"(?:pain|back|hips?|knees?|neck|shoulders?|psoas|spine|posture|sciatica|headaches?|migraines?|injur(?:y|ies))"
WHOSE = r"(?:your|my|his|her|their|our|the|any|every|all|bad|sore|stiff|tight|chronic)"
ONCE = r"(?:an?|one|two|1|2|three|3|a\s+single|the\s+first)"

RULES: dict[str, tuple[str, ...]] = {
    "cure": (
        r"cures?\b",
        r"cured\b",
        r"curing\b",
        r"(?<!time to )(?<!needs to )(?<!has to )(?<!while you )(?<!while it )(?<!until it )(?<!once it )heals?\b",
        rf"(?:healed|healing)\s+(?:{WHOSE}\s+(?:\w+\s+)?{BODY}|hands|touch|powers?)\b",
        r"miracles?\b",
        r"miraculous(?:ly)?\b",
    ),
    "guarantee": (
        r"(?:results?\s+)?(?:are\s+|is\s+)?guaranteed?s?(?:\s+(?:results?|relief))?\b",
        r"100\s*%",
        r"(?:always|never\s+fails\s+to)\s+(?:works?|helps?)\b",
        r"promises?\s+(?:you\s+)?(?:results?|relief|recovery|success)\b",
    ),
    "lasting": (
        rf"(?:{BODY}|free|gone|rid|better|fixed)\b(?:\W+\w+){{0,4}}?\W+(?:for\s+good|for\s?ever|once\s+and\s+for\s+all)\b",
        r"once\s+and\s+for\s+all\b",
        r"permanent(?:ly)?\b",
        rf"(?:{PAIN}\s+)?(?:will\s+|has\s+)?never\s+(?:com(?:e|es|ing)|came)\s+back\b",
        r"never\s+(?:returns?|returned|hurts?\s+again)\b",
        r"(?:long[- ])?lasting\s+(?:relief|results?|cure|effects?)\b",
    ),
    "outcome": (
        rf"{PAIN}[- ]free\b",
        rf"free\s+(?:of|from)\s+(?:\w+\s+)?{PAIN}\b",
        rf"(?:eliminat|eradicat|banish|vanquish|abolish)\w*(?:\s+(?:{WHOSE}\s+)?(?:\w+\s+)?{PAIN})?\b",
        rf"get(?:s|ting)?\s+rid\s+of\s+(?:{WHOSE}\s+)?(?:\w+\s+)?{PAIN}\b",
        rf"(?:tak|melt|mak|eas|work)\w*\s+(?:\w+\s+){{0,3}}{PAIN}\s+(?:right\s+|straight\s+)?(?:away|go\s+away|disappear|vanish)\b",
        rf"(?:tak\w+|melts?)\s+away\s+(?:\w+\s+){{0,2}}{PAIN}\b",
        rf"no\s+more\s+(?:\w+\s+)?{PAIN}\b",
        rf"(?:say\s+)?good-?bye\s+to\s+(?:\w+\s+){{0,2}}{PAIN}\b",
        rf"(?:ends?|ended|stops?)\s+(?:{WHOSE}\s+)(?:\w+\s+)?{PAIN}\b",
        rf"fix(?:es|ed|ing)?\s+(?:{WHOSE}\s+)?(?:\w+\s+)?{BODY}\b",
        r"fixes\s+(?:it|you|people|what)\b",
        r"(?:gain|grow|add|lose|drop|shed)\w*\s+(?:\w+\s+){0,3}?(?:inch(?:es)?|cm|centimet\w+|dress\s+sizes?|pounds|kilos?|kg)\b",
    ),
    "structure": (
        r"re-?align\w*\b",
        r"(?:puts?|pops?|clicks?)\s+(?:\w+\s+){1,3}?back\s+(?:in(?:to)?\s+)?(?:place|line|alignment)\b",
        rf"(?:straightens?|corrects?)\s+(?:{WHOSE}\s+)(?:spine|posture|back|pelvis)\b",
        r"detox\w*\b",
        r"toxins?\b",
        r"boosts?\s+(?:your\s+|the\s+)?immun\w+(?:\s+system)?\b",
    ),
    "speed": (
        rf"(?:in|after)\s+(?:just|only)\s+{ONCE}\s+(?:session|visit|treatment|appointment)s?\b",
        (
            rf"(?:better|gone|free|fixed|results?|relief|{PAIN}|difference|walk\w*|move\w*)\b[^.!?;\n]{{0,50}}?"
            rf"\b(?:in|after)\s+{ONCE}\s+(?:session|visit|treatment|appointment)s?\b"
        ),
        (
            rf"(?:in|after)\s+{ONCE}\s+(?:session|visit|treatment|appointment)s?(?:\s+or\s+two)?\b[^.!?;\n]{{0,40}}?"
            rf"\b(?:better|gone|free|fixed|relief|{PAIN})\b"
        ),
        r"(?:a|one)\s+(?:session|visit|treatment)\s+or\s+two\b",
        r"(?:instant(?:ly)?|immediate(?:ly)?|overnight)\s+(?:relief|results?|better|cure)\b",
    ),
    "testimonial": (
        rf"my\s+{BODY}\b[^.!?;\n]{{0,40}}?\b(?:gone|better|vanished|disappeared|went\s+away|never\s+came\s+back)\b",
        (
            r"(?:clients?|patients|people|customers|every(?:one|body))\s+(?:say|tell|report|leave|walk\s+out|go\s+home)s?\b"
            rf"[^.!?;\n]{{0,60}}?\b(?:{PAIN}(?:[- ]free)?|better|gone|relief|free)\b"
        ),
        r"chang\w+\s+(?:my|your|his|her|their|people's|so\s+many)\s+li(?:fe|ves)\b",
        r"life[- ]changing\b",
    ),
}
FOUND = [(code, re.compile(rf"(?<![\w-]){one}", re.IGNORECASE)) for code, many in RULES.items() for one in many]
# A new clause: what was denied before it is not denied in it.
CLAUSE = re.compile(
    r"[.!?;:\n–—]|\bbut\b|,\s*(?=(?:and\s+)?(?:we|it|this|that|you|they|i|he|she|our|your|my)\b)|\band\s+(?=\w+s\s)",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely)\b)|no|never|cannot|nor|neither|nobody|none|without|rather\s+than|instead\s+of"
    r"|beware\s+of|\w+n['’]t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Promise:
    """Words as they stand in a text, and the code of what they promise."""

    words: str
    rule: str


def promises(text: str) -> list[Promise]:
    """What a text promises, in its order; what it says it does not promise is none."""
    found = sorted(_spans(text), key=lambda one: (one[0], -one[1]))
    kept: list[Promise] = []
    reached = 0
    for begins, ends, rule in found:
        if begins >= reached:
            kept.append(Promise(" ".join(text[begins:ends].split()), rule))
            reached = ends
    return kept


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    clauses = [0, *(one.end() for one in CLAUSE.finditer(text))]
    for rule, pattern in FOUND:
        for match in pattern.finditer(text):
            begins = max(one for one in clauses if one <= match.start())
            if not DENIED.search(text, begins, match.start()):
                yield match.start(), match.end(), rule
