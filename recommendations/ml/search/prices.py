"""Prices in the words of a query: "under 50", "between 20 and 40", "低于50元", "unter 50"."""

import re
from dataclasses import dataclass
from decimal import Decimal

SIGN = r"(?:[£$€¥￥]|gbp|usd|eur|cny|rmb)?\s*"
COIN = (
    r"\s*(?:[£$€¥￥]|gbp|usd|euros?|eur|pounds?|dollars?|bucks|libras|dólares|livres|pfund|"
    r"块钱|元|块|円|英镑|美元)?"
)
AMOUNT = rf"{SIGN}(\d{{1,6}}(?:[.,]\d{{1,2}})?){COIN}"
# "under 5 kg" and "up to 3 people" are no prices.
NO_MEASURE = (
    r"(?![\d.,]*\s*(?:cm|mm|m|km|kg|g|mg|l|ml|cl|oz|lbs?|inch(?:es)?|ft|feet|people|persons?|personen|personas|"
    r"personnes|pieces|pcs|years?|months?|weeks?|days?|hours?|jahren?|años|ans|w|watts?|v|gb|tb|mp|%|"
    r"人|岁|个|寸)\b)"
)
BELOW = (
    r"(?:under|below|less than|cheaper than|menos de|por debajo de|moins de|en dessous de|unter|weniger als|"
    r"低于|少于|不到|小于)"
)
UP_TO = (
    r"(?:up to|at most|max(?:imum)?|no more than|hasta|máximo|jusqu['’]à|höchstens|maximal|bis zu|bis|"
    r"不超过|最多)"
)
ABOVE = (
    r"(?:over|above|more than|from|at least|más de|desde|a partir de|plus de|à partir de|über|mehr als|ab|"
    r"mindestens|高于|超过|至少)"
)
BETWEEN = r"(?:between|entre|zwischen)\s*"
AND = r"\s*(?:and|to|y|et|und|a|à|bis|到|至|~|-|–)\s*"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class PriceWords:
    """`low` counts, `high` does not: what "up to 50" means is below 50.01. `words` stood in the query."""

    words: str
    low: Decimal | None
    high: Decimal | None


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


RANGE = pattern(rf"(?<!\w){BETWEEN}{AMOUNT}{AND}{AMOUNT}{NO_MEASURE}")
RANGE_WITH_COIN = pattern(
    rf"{SIGN}(\d{{1,6}})\s*(?:到|至|-|–|~)\s*(\d{{1,6}})\s*(?:[£$€¥￥]|euros?|元|块|円)"
)
FORMS = (
    (pattern(r"(\d{1,6})\s*(?:元|块钱?|円|€|£)\s*(?:以下|以内|之内|以內|未満|まで)"), "up_to"),
    (pattern(r"(\d{1,6})\s*(?:元|块钱?|円|€|£)\s*(?:以上|起)"), "above"),
    (pattern(rf"(?<!\w){BELOW}\s*{AMOUNT}{NO_MEASURE}"), "below"),
    (pattern(rf"(?<!\w){UP_TO}\s*{AMOUNT}{NO_MEASURE}"), "up_to"),
    (pattern(rf"(?<!\w){ABOVE}\s*{AMOUNT}{NO_MEASURE}"), "above"),
)


def price_words(query: str) -> PriceWords | None:
    """The first price that the query names, if it names one."""
    for form in (RANGE, RANGE_WITH_COIN):
        if found := form.search(query):
            low, high = sorted((amount(found[1]), amount(found[2])))
            return PriceWords(found[0].strip(), low, high + CENT)
    for form, kind in FORMS:
        if found := form.search(query):
            return one_sided(found[0].strip(), amount(found[1]), kind)
    return None


def one_sided(words: str, limit: Decimal, kind: str) -> PriceWords:
    if kind == "above":
        return PriceWords(words, limit, None)
    return PriceWords(words, None, limit if kind == "below" else limit + CENT)


def amount(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
