"""What must not change when a sentence is said in other words: numbers, dates, yes or no, conditions."""

import re
from dataclasses import dataclass

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
# Words that turn a rule into another one. Those of one line say the same.
CONDITIONS = tuple(
    re.compile(rf"\b(?:{line})\b" if line.isascii() else f"(?:{line})", re.IGNORECASE)
    for line in """must|have to|has to|required?|need(?:s|ed)? to|mandatory|obligatory
may|can|could|optional(?:ly)?|allowed|permitted|possible
always|every time|in all cases|automatically
only|solely|exclusively|just
all|every|any|each|everything|everyone
some|most|selected|certain|few
free|gratis|no charge|complimentary
charged?|charges|paid by|at (?:your|the buyer's|the customer's) (?:own )?(?:cost|expense)|fees?
refund(?:s|ed|able)?|money back|reimburse(?:d|ment)?|paid back
exchange[ds]?|replace(?:d|ment|ments)?
credit|voucher|vouchers|gift card
discount(?:s|ed)?|reduced|cheaper
guarantee[ds]?|warranty|warranties
within|at most|up to|at the latest|no later than|no more than
at least|minimum|from
after|later than|following
before|prior to|earlier than
more than|over|above|exceed(?:s|ing)?
less than|under|below
include[ds]?|including|inclusive
exclude[ds]?|excluding|exclusive
full|fully|entire|whole|complete(?:ly)?
half|partial(?:ly)?|part of
new|unused|unworn|unopened
used|worn|opened
working days?|business days?
calendar days?
immediately|instantly|at once|right away|same day
lifetime|forever|unlimited|permanent(?:ly)?
seller|we pay|the shop pays|our (?:cost|expense)
buyer|customer pays|you pay|your (?:cost|expense)
accept(?:s|ed)?|possible|available
refuse[ds]?|reject(?:s|ed)?|impossible|unavailable|excluded
必须|需要|须|应当
可以|可|允许|能够
免费|免运费|包邮
收费|自费|付费|运费由
退款|退钱|退还
换货|更换|调换
优惠券|代金券|积分
只|仅|仅限
所有|任何|全部|每
部分|某些|有些
以内|之内|内|最多|不超过
至少|起|最少|满
之后|以后|后
之前|以前|前
保修|质保
终身|永久|无限
立即|马上|当天
工作日
自然日|日历日
全额
一半|半价""".splitlines()
)
# Words of time and place that say nothing of a rule inside these.
HARMLESS = re.compile(
    r"\b(?:can you|may i|after all|above all|first of all|at all|look after|free to|feel free)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claims:
    """Of one sentence; `negations` counts, for two of them may cancel out."""

    numbers: frozenset[str]
    dates: frozenset[str]
    negations: int
    conditions: frozenset[int]


def claims_of(sentence: str) -> Claims:
    text = HARMLESS.sub(" ", sentence)
    return Claims(
        numbers=frozenset(numbers_of(text)),
        dates=frozenset(match.group().lower().removesuffix("s") for match in DATE_WORD.finditer(text)),
        negations=len(NEGATION.findall(text)),
        conditions=frozenset(place for place, words in enumerate(CONDITIONS) if words.search(text)),
    )


def numbers_of(text: str) -> list[str]:
    """In one spelling: "1,200", "1200" and "1200.00" are the same, and so are "two" and "2"."""
    digits = [plain(match.group()) for match in DIGITS.finditer(text)]
    words = [NUMERALS[match.group().lower()] for match in NUMBER_WORD.finditer(text)]
    return digits + words + [chinese_number(match.group()) for match in CHINESE_NUMBER.finditer(text)]


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
