"""What a merchant's own English text says that may be said again: its details and what the product is for."""

import re
from collections.abc import Iterator

DETAIL = re.compile(r"(?<!\w)(?:features?|featuring|boasts?|boasting|with|showcas(?:es|ing)|includes) ", re.I)
USE = re.compile(
    r"(?<!\w)(?:perfect|ideal|great|suitable|suited|companions?|choice|piece|versatile enough) for ", re.I
)
END = re.compile(
    r"[.;:!?—(,]| (?:that|which|who|whose|while|for|making|creating|giving|adding|ensuring|offering|"
    r"providing|perfect|ideal|both|this|these|it|they|as well as)(?!\w)"
)
USE_END = re.compile(
    r"[.;:!?—(]|, |,? (?:this|these|it|they|that|which|who|whose|while|making|offering|seeking|looking)(?!\w)"
)
VERBS = re.compile(
    r"(?<!\w)(?:is|are|was|adds?|offers?|makes?|brings?|creates?|complements?|ensures?|provides?|exudes?|can|will|our|"
    r"combines?|stands?|gives?|shown|your|you|each|any|that|these|this|sits?|catch(?:es)?|sure|or|its|their|"
    r"seconds?|meets?|blends?|lends?|keeps?|evokes?|accompanied|paired|complemented)(?!\w)",
    re.IGNORECASE,
)
LOOSE_END = re.compile(r"(?:,? (?:and|or|with|of|in|the|a|an|to|on|at|from|by|into|like|such|as|plus))+$")
CUT = re.compile(r"(?<!\w)(?:a|an|the|both|and) [\w-]+$|(?<!\w)(?:\w+ing|\w+ly)$")  # half a phrase
HALF = re.compile(r"(?<!\w)(?:in|of|among|amid|with|on|against|from|by|over) [\w-]+$")  # before a comma
JOINS = re.compile(
    r"(?<!\w)(?:pair|combin|blend|match|merg|fus|mix|serv|infus|go|work|styl|coordinat|begin|"
    r"start)\w*(?: \w+){0,4} ?$",
    re.I,
)
ARTICLE = re.compile(r"^(?:a|an|two|three|four|five|six|eight|\d+) ")
LENGTHS = range(3, 12)  # words of a detail


def details(text: str) -> list[str]:
    """Noun phrases of what the product has, the first letter small."""
    return [phrase for phrase in phrases(text, DETAIL, END) if is_detail(phrase)]


def uses(text: str) -> list[str]:
    """What stands after "perfect for", to be put after "for"."""
    found = phrases(text, USE, USE_END)
    return [each for each in found if 1 < len(each.split()) < 11 and not USE_STOPS.search(each)]


USE_STOPS = re.compile(
    r"(?<!\w)(?:you|your|our|its?|their|them|is|are|any|every|those|adding|making|both)(?!\w)", re.I
)


def phrases(text: str, lead: re.Pattern[str], end: re.Pattern[str]) -> Iterator[str]:
    for found in lead.finditer(text):
        rest = text[found.end() :]
        stop = end.search(rest)
        phrase = LOOSE_END.sub("", rest[: stop.start()] if stop else rest).strip(" ,'\"")
        is_half = stop is not None and stop[0] == "," and bool(HALF.search(phrase))
        if phrase and not is_half and not CUT.search(phrase) and not JOINS.search(text[: found.start()]):
            yield phrase


def is_detail(phrase: str) -> bool:
    """Something that may be counted or held; not half a sentence."""
    stands = ARTICLE.match(phrase) or phrase.endswith("s")
    return len(phrase.split()) in LENGTHS and bool(stands) and not VERBS.search(phrase)
