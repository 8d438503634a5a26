"""What a merchant's own English text says that may be said again: its details and what the product is for."""

import re
from collections.abc import Iterator

from marketing.ml.lexicon import CHINESE
from marketing.ml.sentences import sentence_spans

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
POINTS_BACK = re.compile(
    r"(?:it|its|they|their|this|these|those|that|each|both|either|he|she|here|there|so|but|and|or|also|then|"
    r"one|another|others|such|same|shown|pictured|whether|perfect|ideal|great|made|crafted|designed|featuring|"
    r"wash|keep|sponge|wipe|store|dry|iron|trim|clean|avoid|never|hand wash|machine|do not|don[’']t|brush)\b|"
    r"手洗|机洗|擦|存放|避|冷水|温水|不要|勿|清洗|平铺|放心|开封|请|它|其|这|该|此|每|两者|均|也|还|并|且|而|但",
    re.IGNORECASE,
)
CARE = re.compile(r"洗|晾|熨|干布|存放|machine wash|dishwasher", re.IGNORECASE)  # no reason to buy
MARKUP = re.compile(r"[\[\]{}<>|]")
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


def own_sentences(text: str, name: str, *, is_chinese: bool) -> list[str]:
    """What the merchant wrote that stands by itself, beside the name: nothing in it points back."""
    found = [text[begin:end].strip() for begin, end in sentence_spans(text)]
    lengths = range(8, 46) if is_chinese else range(30, 140)
    return [
        each
        for each in found
        if len(each) in lengths
        and bool(CHINESE.search(each)) == is_chinese
        and not POINTS_BACK.match(each)
        and each[-1] in ".。"
        and not (MARKUP.search(each) or CARE.search(each))
        and name.lower() not in each.lower()
    ]
