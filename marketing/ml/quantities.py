"""Numbers, measures and money as texts write them, in English and Chinese."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

WORDS = {
    word: number
    for number, words in {
        2: "two|dual|double|duo|twin",
        3: "three|triple|trio",
        4: "four|quartet",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve|dozen",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        24: "twenty-four",
        25: "twenty-five",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
        100: "hundred",
    }.items()
    for word in words.split("|")
}
CHINESE_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
TIMES = re.compile(r"(?<=\d)\s*(?:x|×)\s*(?=\d)")

# Unit → what it measures and how many of the base unit.
UNITS: dict[str, tuple[str, Decimal]] = {
    form: (measure, Decimal(factor))
    for measure, factor, forms in (
        ("length", "0.001", "mm|millimeters?|millimetres?|毫米"),
        ("length", "0.01", "cm|centimeters?|centimetres?|厘米|公分"),
        ("length", "1", "m|meters?|metres?|米"),
        ("length", "1000", "km|kilometers?|kilometres?|公里|千米"),
        ("length", "0.0254", "in|inch|inches|英寸|寸"),
        ("length", "0.3048", "ft|feet|foot|英尺"),
        ("weight", "0.000001", "mg|毫克"),
        ("weight", "0.001", "g|grams?|克"),
        ("weight", "1", "kg|kilos?|kilograms?|公斤|千克"),
        ("weight", "0.5", "斤"),
        ("weight", "0.02835", "oz|ounces?|盎司"),
        ("weight", "0.4536", "lbs?|pounds?|磅"),
        ("volume", "0.001", "ml|milliliters?|millilitres?|毫升"),
        ("volume", "0.01", "cl"),
        ("volume", "1", "l|liters?|litres?|升"),
        ("volume", "3.785", "gallons?|加仑"),
        ("time", "1", "seconds?|秒"),
        ("time", "60", "mins?|minutes?|分钟"),
        ("time", "3600", "h|hrs?|hours?|小时"),
        ("time", "86400", "days?|天"),
        ("time", "604800", "weeks?|周"),
        ("time", "2592000", "months?|个月"),
        ("time", "31536000", "years?|年"),
        ("power", "1", "w|watts?|瓦"),
        ("voltage", "1", "v|volts?|伏"),
        ("charge", "1", "mah|毫安时?"),
        ("pixels", "1", "mp|megapixels?|万像素"),
        ("memory", "1", "gb"),
        ("memory", "1000", "tb"),
        ("share", "1", "%|percent|per cent"),
        ("temperature", "1", "°c|℃|摄氏度"),
        ("light", "1", "lumens?|流明"),
        ("speed", "1", "rpm"),
        ("frequency", "1", "hz"),
        ("carat", "1", "carats?|ct|克拉|karat|k"),
        ("threads", "1", "thread[- ]count"),
        ("stars", "1", "stars?|星"),
    )
    for form in forms.split("|")
}
UNIT_FORMS = "|".join(sorted(UNITS, key=len, reverse=True))
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))
ENGLISH = rf"(?:(?<![\w.])(?:{DIGITS})|(?<!\w)(?:{NUMBER_WORDS})(?!\w))"
MEASURE_WORDS = "个只件条双副块顶台部座支张把口套束盆份盒本瓶杯片层枚颗根对人档种款段格格弦键寸"
CHINESE = (
    rf"(?:(?<![\d.])(?:{DIGITS})|[二两三四五六七八九](?:十[一二三四五六七八九]?)?|十[一二三四五六七八九]?)"
)

CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "美元": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "英镑": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "欧元": "EUR",
    "¥": "CNY",
    "￥": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "元": "CNY",
    "块": "CNY",
}
SIGNS = r"us\$|[$£€¥￥]|(?<![a-z])(?:usd|gbp|eur|cny|rmb)\s?"
COINS = r"美元|英镑|欧元|元|块钱|(?:dollars|pounds|euros|usd|gbp|eur|cny|rmb)(?![a-z])"
HAN = f"[{''.join(CHINESE_DIGITS)}{''.join(PLACES)}]+"  # of money also large ones
MONEY = re.compile(  # "five pounds" weigh something
    rf"(?:(?P<sign>{SIGNS})(?P<before>{DIGITS})|"
    rf"(?:(?<![\d.])(?P<after>{DIGITS})\s?|(?P<han>{HAN}))(?P<coin>{COINS})(?![素旦宵])|"
    rf"(?<!\w)(?P<word>{NUMBER_WORDS}) (?P<of>dollars|euros)(?!\w))",
    re.IGNORECASE,
)
ONE = re.compile(  # "a litre", "half a litre", 一升半; a foot and an inch are more than measures
    r"(?<!\w)(?P<half>half )?(?:an?|one)[ -](?P<en>(?:milli|centi|kilo)?(?:lit(?:er|re)|met(?:er|re)|gram)s?|"
    r"kilo|gallon|"
    r"ounce)(?!\w)|"
    r"(?P<han>[一半])(?P<zh>毫米|厘米|公分|公里|千米|英寸|英尺|毫克|公斤|千克|盎司|毫升|加仑|"
    r"[米克斤升磅])(?P<more>半)?",
    re.IGNORECASE,
)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Quantity:
    """A number and what it counts: a measure in its base unit, or nothing."""

    number: Decimal
    measure: str = ""


def number_of(written: str) -> Decimal:
    """What digits, an English word or Chinese digits say."""
    lowered = written.lower().replace(",", "")
    if lowered in WORDS:
        return Decimal(WORDS[lowered])
    if lowered[0].isascii():
        return Decimal(lowered)
    return Decimal(chinese_number(lowered))


def chinese_number(written: str) -> int:
    """十五 is 15, 一百零五 is 105."""
    total = digit = 0
    for each in written:
        if each in PLACES:
            total += (digit or 1) * PLACES[each]
        digit = CHINESE_DIGITS.get(each, 0)
    return total + digit


def quantity_of(written: str, unit: str) -> Quantity:
    """In base units; a unit that is not known counts things."""
    measure, factor = measured(unit.lower())
    return Quantity(number_of(written) * factor, measure)


def single(found: re.Match[str]) -> Quantity:
    """What ONE found."""
    measure, factor = measured((found["en"] or found["zh"]).lower())
    number = HALF if found["half"] or found["han"] == "半" else Decimal(1)
    return Quantity((number + (HALF if found["more"] else 0)) * factor, measure)


@cache
def measured(unit: str) -> tuple[str, Decimal]:
    return next((meant for form, meant in UNITS.items() if re.fullmatch(form, unit)), ("", Decimal(1)))


def money_of(found: re.Match[str]) -> tuple[Decimal, str]:
    """The amount and the currency's code."""
    amount = next(found[name] for name in ("before", "after", "han", "word") if found[name])
    sign = next(found[name] for name in ("sign", "coin", "of") if found[name])
    return number_of(amount), CURRENCIES[sign.lower().strip().removesuffix("钱")]
