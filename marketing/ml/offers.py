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
SAVED = re.compile(
    r"(?:save|saving|savings of|take|reduced by|立减|直降|立省|省下?|减|降价?|优惠|便宜)\s*$", re.I
)
OFF = re.compile(r"^\s*(?:off|discount|less|cheaper|优惠|立减)", re.I)
BELOW = re.compile(r"(?:under|below|less than|up to|不到|低于)\s*$", re.I)
PERCENT = re.compile(
    rf"(?P<upto>up to )?(?P<n>{DIGITS})\s?(?:%|percent|per cent)\s?(?:off|discount|reduction|"
    rf"cheaper|less|savings?)|"
    rf"(?:sav(?:e|ing)|discount of|reduced by|降价|优惠|立省|直降|"
    rf"减)\s?(?P<upto2>up to )?(?P<n2>{DIGITS})\s?(?:%|percent)",
    re.IGNORECASE,
)
FOLD = re.compile(r"(?P<n>\d(?:\.\d)?|\d{2}|[一二三四五六七八九]{1,2})\s?折(?!叠|扣|射)")
HALF = re.compile(
    r"(?<!\w)half(?: (?:of )?(?:the|its|their|our|what))?(?: \w+)?[- ](?:price|cost)(?!\w)|"
    r"(?<!\w)half[- ]off(?!\w)|"
    r"(?<!\w)half (?:as much|cheaper)|(?<!\w)(?:cut|slashed|reduced|down) (?:by|in) half(?!\w)|半价|对折|"
    r"(?:降价?|减价?|便宜|省|优惠)[了掉]?一半",
    re.IGNORECASE,
)
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
PART_OFF = re.compile(
    rf"(?<!\w)(?P<n>an?|one|two|three|four)[- ](?P<part>{'|'.join(PARTS)})s?[- ](?:off|less|cheaper|discount|"
    rf"reduction)|"
    rf"(?:cut|slashed|reduced|down) by (?P<n2>an?|one|two|three|"
    rf"four)[- ](?P<part2>{'|'.join(PARTS)})s?(?!\w)|"
    r"(?:降价?|减价?|便宜|省|优惠)[了掉]?(?P<whole>[二三四五六七八九十])分之(?P<han>[一二三四五六七八九])",
    re.IGNORECASE,
)
TENTHS_OFF = re.compile(
    r"(?:降价?|减价?|便宜|省|优惠)[了掉]?(?P<n>[一二两三四五六七八九])成|"
    r"(?P<n2>[一二两三四五六七八九])成(?=优惠|折扣)"
)
BUNDLE = re.compile(
    r"(?<!\w)(?:buy one,? get one|bogo|(?:2|two|3|three) for (?:1|2|one|two))(?!\w)|买[一二]送一", re.I
)
SALE = re.compile(
    r"(?<!\w)(?:on sale|sale price|special price|discounted|reduced price|"
    r"clearance|(?:final|closing[- ]down|end[- ]of[- ]season) sale|prices? (?:drops?|cuts?|slashed|reduced|"
    r"is down|are down)|"
    r"fraction of the (?:\w+ )?(?:price|cost))(?!\w)|清仓|甩卖|底价|特惠|大促|跌破|特价|促销|打折|限时优惠",
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
    r"this weekend(?= only)|24 hours only)|"
    r"(?:ends?|ending|over|finishe?s|closes?|closing|expires?|expiring|gone|until|only) (?:\w+ )?"
    r"(?:tonight|today(?![’'])|(?:at |by )?midnight|soon|this (?:week|weekend|month|evening|hour))|"
    r"(?:last|final) (?:chance|day|days|hours|minutes|call|opportunity)|(?:24|48|few) hours (?:left|"
    r"to go))(?!\w)|"
    r"[今明后][天日晚夜](?:就|将|即将|便)?(?:截止|结束|为止|到期|恢复原价)|(?:截[至止]到?|只到|仅到|"
    r"直到)[今明后][天日晚夜]|"
    r"(?:仅限|只限|仅此|只在|仅剩|只剩)[今一][天日晚]|最后(?:机会|一[天日晚夜刻次](?!的)|[几两三]天|时刻|"
    r"\d+小时)|"
    r"(?:即将|马上|很快|快要?)(?:截止|结束|到期|恢复原价)|本周末?截止",
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
    r"(?<!\w)(?:(?:only )?(?:a few|a handful|few) (?:are )?(?:left|remain(?:ing)?)|last few|(?:almost|nearly|"
    r"all but) "
    r"(?:gone|sold out)|low stock|stock is low|running (?:low|out)|limited stock)(?!\w)|"
    r"即将售[罄完]|所剩(?:不多|无几)|库存(?:不多|紧张|告急|见底)|数量有限|[售卖]完[即为]止",
    re.IGNORECASE,
)
FAST = re.compile(  # no count of what is left says how fast it goes
    r"(?<!\w)(?:sell(?:s|ing)?|go(?:es|ing)?|flying) (?:out )?(?:fast|quickly|like hot cakes|"
    r"off the shelves)(?!\w)|"
    r"(?<!\w)(?:won[’']t|will not) last(?: long)?(?=[.!?]|$)|[快要]{1,2}(?:卖完|售罄|断货|抢[光完])|手慢无|"
    r"(?:欲购|抢购)从速|热卖中|疯抢",
    re.IGNORECASE,
)
IN_STOCK = re.compile(r"(?<!\w)(?:back )?in stock(?!\w)|(?<!\w)ready to ship(?!\w)|现货|有货", re.I)
SOLD_OUT = re.compile(r"(?<!\w)(?:sold out|out of stock)(?!\w)|已售罄|抢购一空|卖光|缺货|无货", re.I)


def discounts(text: str) -> Iterator[Read]:
    for found in PERCENT.finditer(text):
        bound = "up to " if found["upto"] or found["upto2"] else ""
        yield Read("discount", *found.span(), number_of(found["n"] or found["n2"]), f"{bound}%")
    for found in FOLD.finditer(text):
        yield Read("discount", *found.span(), 100 - folded(found["n"]), "%")
    for found in HALF.finditer(text):
        yield Read("discount", *found.span(), Decimal(50), "%")
    for found in PART_OFF.finditer(text):
        yield Read("discount", *found.span(), percent_of(found), "%")
    for found in TENTHS_OFF.finditer(text):
        yield Read("discount", *found.span(), number_of(found["n"] or found["n2"]) * 10, "%")
    yield from phrases("discount", text, {BUNDLE: "bundle", SALE: ANY})


def percent_of(found: re.Match[str]) -> Decimal:
    """A third is more than 33 of a hundred."""
    if found["han"]:
        return (100 * number_of(found["han"]) / number_of(found["whole"])).quantize(Decimal("0.01"))
    written, part = (found["n"] or found["n2"]).lower(), (found["part"] or found["part2"]).lower()
    count = Decimal(1) if written in ("a", "an", "one") else number_of(written)
    return (100 * count / PARTS[part]).quantize(Decimal("0.01"))


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
    yield from phrases("stock", text, {FEW_LEFT: "few", FAST: "fast", SOLD_OUT: "none", IN_STOCK: ANY})


OFFER_READERS = (discounts, prices, stock, dates)
