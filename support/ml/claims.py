"""What must not change when a sentence is said in other words: numbers, dates, yes or no, conditions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from support.ml.conditions import CONDITIONS, RESTRICTIONS
from support.ml.entities import amounts

NUMERALS = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
        "零 一 二 三 四 五 六 七 八 九 十",
    )
    for number, word in enumerate(words.split())
} | {"两": "2", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100"}
DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
NUMBER_WORD = re.compile(
    r"\b(?:" + "|".join(word for word in NUMERALS if word.isascii()) + r")\b", re.IGNORECASE
)
CHINESE_NUMBER = re.compile(r"[零一二三四五六七八九十两百千]+(?=[个天日月年周次件元块小时分%折工倍])")
MONTHS = "january february march april may june july august september october november december"
DAYS = "monday tuesday wednesday thursday friday saturday sunday today tomorrow weekends? weekdays?"
DATE_WORD = re.compile(
    rf"\b(?:{'|'.join((MONTHS + ' ' + DAYS).split())})\b|周[一二三四五六日末]|星期[一二三四五六日]",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|none|nor|neither|without|unable|nobody|nothing|hardly|except|unless)\b|n['’]t\b"
    r"|\b(?:nunca|jamás|sin|tampoco|ni|salvo|excepto)\b|不|没|無|无|勿|未|非|别|除了|除非",
    re.IGNORECASE,
)
# Words of time and place that say nothing of a rule inside these.
HARMLESS = re.compile(
    r"\b(?:can you|may i|after all|above all|first of all|at all|look after|free to|feel free)\b"
    r"|不当|不同|不仅|不过|不足|不好意思|非常|无论|无线|没关系|没问题|未来|特别|分别|别的|区别|个别|类别|级别",
    re.IGNORECASE,
)


UNITS = {
    unit: re.compile(rf"(?:{pattern})", re.IGNORECASE)
    for unit, pattern in (
        ("working day", r"(?:working|business) days?|个?工作日"),
        ("day", r"(?:calendar )?days?\b|天|日"),
        ("hour", r"hours?\b|个?小时"),
        ("minute", r"minutes?\b|分钟"),
        ("week", r"weeks?\b|周|个?星期"),
        ("month", r"months?\b|个月"),
        ("year", r"years?\b|年"),
        ("percent", r"%|percent\b|折"),
    )
}


@dataclass(frozen=True)
class Claims:
    """Of one sentence; `negations` counts, for two of them may cancel out; `amounts` are numbers with units.

    `restrictions` are those of the `conditions` that make a rule narrower: to leave one out changes it.
    """

    numbers: frozenset[str]
    dates: frozenset[str]
    amounts: frozenset[str]
    negations: int
    conditions: frozenset[int]

    @property
    def restrictions(self) -> frozenset[int]:
        return frozenset(place for place in self.conditions if place < RESTRICTIONS)


def claims_of(sentence: str) -> Claims:
    text = HARMLESS.sub(" ", sentence)
    numbers = list(numbers_in(text))
    return Claims(
        numbers=frozenset(number for number, _ in numbers),
        dates=frozenset(match.group().lower().removesuffix("s") for match in DATE_WORD.finditer(text)),
        amounts=frozenset(f"{number} {unit}" for number, end in numbers if (unit := unit_at(text, end)))
        | {money.value for money in amounts(text)},
        negations=len(NEGATION.findall(text)),
        conditions=frozenset(place for place, words in enumerate(CONDITIONS) if words.search(text)),
    )


def numbers_in(text: str) -> Iterator[tuple[str, int]]:
    """Each with where it ends, in one spelling: "1,200", "1200" and "1200.00" are the same, "two" is "2"."""
    for pattern, spelling in (
        (DIGITS, plain),
        (NUMBER_WORD, lambda word: NUMERALS[word.lower()]),
        (CHINESE_NUMBER, chinese_number),
    ):
        yield from ((spelling(match.group()), match.end()) for match in pattern.finditer(text))


def unit_at(text: str, place: int) -> str:
    """What a number that ends here counts; empty where that is nothing of a fixed size."""
    rest = text[place:].lstrip(" -")
    return next((unit for unit, pattern in UNITS.items() if pattern.match(rest)), "")


def plain(number: str) -> str:
    """Without separators of thousands, zeros in front and an empty fraction."""
    if ":" in number:
        return number
    joined = re.sub(r"[.,](?=\d{3}(?!\d))", "", number).replace(",", ".")
    whole, _, fraction = joined.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{fraction}" if fraction else whole.lstrip("0") or "0"


def chinese_number(number: str) -> str:
    """Up to the thousands: 三十 is 30, 十四 is 14, 一百二十 is 120."""
    total, digit = 0, 0
    for character in number:
        if unit := {"十": 10, "百": 100, "千": 1000}.get(character):
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = int(NUMERALS[character])
    return str(total + digit)
