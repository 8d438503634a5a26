"""Prices, discounts, dates and stock as texts state them, in English and Chinese."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from marketing.ml.quantities import DIGITS, MONEY, money_of, number_of

FEW = Decimal(5)  # "the last few" are at most so many
ANY = "any"  # an offer of whatever size; stock of whatever size


@dataclass(frozen=True)
class Read:
    """A statement about price, offer, date or stock. `unit`: a currency, "%", a bound, or a word for it."""

    kind: str
    start: int
    end: int
    number: Decimal | None = None
    unit: str = ""


OLD = re.compile(
    r"(?:was|were|originally|usually|down from|instead of|list price|rrp|原价|原来|划线价|平时)[:：]?\s*$",
    re.I,
)
SAVED = re.compile(r"(?:save|saving|savings of|take|立减|直降|立省|省|减|优惠|便宜)\s*$", re.I)
OFF = re.compile(r"^\s*(?:off|discount|less|cheaper)", re.I)
BELOW = re.compile(r"(?:under|below|less than|up to|不到|低于)\s*$", re.I)
PERCENT = re.compile(
    rf"(?P<upto>up to )?(?P<n>{DIGITS})\s?(?:%|percent|per cent)\s?(?:off|discount|reduction|"
    rf"cheaper|less|savings?)|"
    rf"(?:sav(?:e|ing)|discount of|reduced by|降价|优惠|立省|直降|"
    rf"减)\s?(?P<upto2>up to )?(?P<n2>{DIGITS})\s?(?:%|percent)",
    re.IGNORECASE,
)
FOLD = re.compile(r"(?P<n>\d(?:\.\d)?|\d{2}|[一二三四五六七八九]{1,2})\s?折(?!叠|扣|射)")
HALF = re.compile(r"(?<!\w)half[- ](?:price|off)(?!\w)|半价", re.IGNORECASE)
BUNDLE = re.compile(
    r"(?<!\w)(?:buy one,? get one|bogo|(?:2|two|3|three) for (?:1|2|one|two))(?!\w)|买[一二]送一", re.I
)
SALE = re.compile(
    r"(?<!\w)(?:on sale|sale price|special price|discounted|reduced price)(?!\w)|特价|促销|打折|限时优惠",
    re.I,
)

MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = MONTH_NAMES.split()
MONTH = "|".join([*MONTHS, *(name[:3] + r"\.?" for name in MONTHS), "sept"])
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DATE = re.compile(
    rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH})|"
    rf"(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,? (?P<y>20\d\d))?(?!\w)|(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)|"
    r"(?P<m4>\d{1,2})\s?月\s?(?P<d4>\d{1,2})\s?[日号]",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    rf"(?:until|till|through|ends?|ending|by|before|this|on) (?P<day>{'|'.join(DAYS)})(?!\w)|"
    rf"(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])",
    re.IGNORECASE,
)
SOON = re.compile(
    r"(?<!\w)(?:(?:ends |until |only )?(?:today only|tonight only|tomorrow|"
    r"this weekend(?= only)|24 hours only))(?!\w)|"
    r"今天截止|明天截止|仅限今[天日]|最后一天|本周末截止",
    re.I,
)
LIMITED = re.compile(r"(?<!\w)limited[- ]time|while the offer lasts|for a limited|限时", re.I)
COUNTED_STOCK = re.compile(
    r"(?<!\w)(?:only|just|last)? ?(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?"
    r"(?:left|remaining|remain|in stock)(?!\w)|(?<!\w)last (?P<n2>\d+)(?= (?:items|pieces|pairs|units))|"
    r"(?:仅剩|只剩|最后|库存|剩余|还剩)(?:下|有|仅)?\s?(?P<n3>\d+|[两三四五六七八九十])",
    re.IGNORECASE,
)
FEW_LEFT = re.compile(
    r"(?<!\w)(?:(?:only )?a few left|last few|almost gone|nearly gone|selling fast|low stock|"
    r"going fast|almost sold out|"
    r"limited stock)(?!\w)|即将售罄|所剩不多|库存不多|库存紧张|数量有限|售完即止",
    re.IGNORECASE,
)
IN_STOCK = re.compile(r"(?<!\w)(?:back )?in stock(?!\w)|(?<!\w)ready to ship(?!\w)|现货|有货", re.I)
SOLD_OUT = re.compile(r"(?<!\w)(?:sold out|out of stock)(?!\w)|已售罄|缺货|无货", re.I)


def discounts(text: str) -> Iterator[Read]:
    for found in PERCENT.finditer(text):
        bound = "up to " if found["upto"] or found["upto2"] else ""
        yield Read("discount", *found.span(), number_of(found["n"] or found["n2"]), f"{bound}%")
    for found in FOLD.finditer(text):
        yield Read("discount", *found.span(), 100 - folded(found["n"]), "%")
    for found in HALF.finditer(text):
        yield Read("discount", *found.span(), Decimal(50), "%")
    yield from phrases("discount", text, {BUNDLE: "bundle", SALE: ANY})


def phrases(kind: str, text: str, units: Mapping[re.Pattern[str], str]) -> Iterator[Read]:
    """Statements without a number."""
    for pattern, unit in units.items():
        for found in pattern.finditer(text):
            yield Read(kind, *found.span(), None, unit)


def folded(written: str) -> Decimal:
    """What is paid of a hundred: 8折 and 八折 are 80, 85折 and 八五折 are 85."""
    digits = "".join(
        str("零一二三四五六七八九".find(each)) if each in "一二三四五六七八九" else each for each in written
    )
    number = Decimal(digits)
    return number * 10 if number < 10 else number


def prices(text: str) -> Iterator[Read]:
    """The words around an amount say whether it is the price, the old one, or what is saved."""
    for found in MONEY.finditer(text):
        amount, currency = money_of(found)
        before, after = text[max(0, found.start() - 14) : found.start()], text[found.end() : found.end() + 12]
        if OLD.search(before):
            yield Read("old price", *found.span(), amount, currency)
        elif SAVED.search(before) or OFF.search(after):
            yield Read("discount", *found.span(), amount, currency)
        else:
            bound = "below " if BELOW.search(before) else ""
            yield Read("price", *found.span(), amount, f"{bound}{currency}")


def dates(text: str) -> Iterator[Read]:
    """Number: month and day as MMDD, or the day of the week from 1."""
    for found in DATE.finditer(text):
        month = next(each for each in (found["m1"], found["m2"], found["m3"], found["m4"]) if each)
        day = next(each for each in (found["d1"], found["d2"], found["d3"], found["d4"]) if each)
        yield Read(
            "date",
            *found.span(),
            Decimal(month_number(month) * 100 + int(day)),
            found["y"] or found["y3"] or "",
        )
    for found in WEEKDAY.finditer(text):
        day_of_week = (
            DAYS.index(found["day"].lower()) if found["day"] else "一二三四五六日天".index(found["zh"])
        )
        yield Read("date", *found.span(), Decimal(min(day_of_week, 6) + 1), "weekday")
    yield from phrases("date", text, {SOON: "soon", LIMITED: ANY})


def month_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return [name[:3] for name in MONTHS].index(written.lower()[:3]) + 1


def stock(text: str) -> Iterator[Read]:
    for found in COUNTED_STOCK.finditer(text):
        yield Read("stock", *found.span(), number_of(found["n"] or found["n2"] or found["n3"]), "left")
    yield from phrases("stock", text, {FEW_LEFT: "few", SOLD_OUT: "none", IN_STOCK: ANY})


OFFER_READERS = (discounts, prices, stock, dates)
