"""What a shopper's sentence asks for: occasion, recipient and budget, from written lists in two languages.

Shelves and properties are the shop's own words: `profiles.selectors.needs_in` adds them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Names = Mapping[str, tuple[str, ...]]
# Keys as attributes of products name them. The first that a text says wins: narrow ones stand first.
RECIPIENTS: Names = {
    "grandmother": ("grandmother", "grandma", "granny", "nan", "奶奶", "外婆", "祖母", "姥姥"),
    "grandfather": ("grandfather", "grandpa", "grandad", "爷爷", "外公", "祖父", "姥爷"),
    "mother": ("mother", "mum", "mom", "mama", "mummy", "妈妈", "母亲", "老妈", "妈"),
    "father": ("father", "dad", "papa", "daddy", "爸爸", "父亲", "老爸", "爸"),
    "wife": ("wife", "妻子", "老婆", "太太"),
    "husband": ("husband", "丈夫", "老公"),
    "girlfriend": ("girlfriend", "女朋友", "女友"),
    "boyfriend": ("boyfriend", "男朋友", "男友"),
    "baby": ("baby", "newborn", "infant", "宝宝", "婴儿", "新生儿"),
    "daughter": ("daughter", "女儿"),
    "son": ("son", "儿子"),
    "child": ("child", "children", "kid", "kids", "toddler", "孩子", "儿童", "小孩", "小朋友"),
    "sister": ("sister", "姐姐", "妹妹"),
    "brother": ("brother", "哥哥", "弟弟"),
    "colleague": ("colleague", "coworker", "boss", "同事", "老板"),
    "teacher": ("teacher", "老师"),
    "friend": ("friend", "朋友", "闺蜜", "好友"),
}
OCCASIONS: Names = {
    "mothers-day": ("mother's day", "mothers day", "母亲节"),
    "fathers-day": ("father's day", "fathers day", "父亲节"),
    "valentines-day": ("valentine's day", "valentines", "valentine", "情人节", "七夕"),
    "christmas": ("christmas", "xmas", "圣诞"),
    "easter": ("easter", "复活节"),
    "halloween": ("halloween", "万圣节"),
    "new-year": ("new year", "spring festival", "新年", "春节", "过年"),
    "birthday": ("birthday", "生日"),
    "anniversary": ("anniversary", "周年", "纪念日"),
    "wedding": ("wedding", "bride", "groom", "婚礼", "结婚", "新娘"),
    "housewarming": ("housewarming", "new home", "乔迁", "新居"),
    "baby-shower": ("baby shower", "christening", "满月", "洗礼"),
    "graduation": ("graduation", "毕业"),
    "party": ("party", "派对", "聚会"),
    "picnic": ("picnic", "野餐"),
}
GIFTS = ("gift", "gifts", "present", "presents", "礼物", "礼品", "送给", "送礼")
AMOUNT = r"(?:[£$€¥￥]\s*)?(\d{1,6}(?:[.,]\d{1,2})?)"
COIN = r"\s*(?:[£$€¥￥]|euros?|pounds?|dollars?|bucks|块钱|块|元|英镑|美元|欧元)"
# A bare number is money after "under" or "budget of" unless a measure follows it.
MEASURE = r"(?![\d.,]*\s*(?:cm|mm|m|km|kg|g|ml|l|oz|inch(?:es)?|people|pieces|years?|days?|人|岁|个|寸)\b)"
BELOW = (
    rf"(?:under|below|less than|up to|at most|no more than|cheaper than|max(?:imum)?|budget(?: is| of|:)?)"
    rf"\s*{AMOUNT}{MEASURE}"
)
BELOW_ZH = rf"(?:低于|不超过|少于|不到|最多|预算(?:是|为)?)\s*{AMOUNT}(?!\s*(?:人|岁|个|寸|厘米|升))"
BELOW_AFTER_ZH = rf"{AMOUNT}{COIN}\s*(?:以下|以内|之内|左右)"
ABOVE = r"(?:over|above|more than|at least|from)\s*[£$€¥￥]\s*(\d{1,6}(?:[.,]\d{1,2})?)"
ABOVE_ZH = rf"{AMOUNT}{COIN}\s*(?:以上|起)"
RANGE = rf"(?:between\s*)?{AMOUNT}(?:{COIN})?\s*(?:and|to|到|至|-|–|~)\s*{AMOUNT}(?:{COIN})?"


@dataclass(frozen=True)
class Budget:
    """In the shop's currency; None: no limit."""

    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Occasion:
    """What a text says of whom and what it is for; empty where it says nothing."""

    recipient: str = ""
    occasion: str = ""
    is_gift: bool = False
    budget: Budget | None = None

    @property
    def theme_keys(self) -> list[str]:
        """Keys of the themes that products for it have."""
        told = {"recipient": self.recipient, "occasion": self.occasion}
        return [f"{name}:{value}" for name, value in told.items() if value]


def occasion_of(text: str) -> Occasion:
    """Read one search or question. A recipient with an occasion makes a gift, also when nobody says so."""
    told = text.casefold().replace("’", "'")
    occasion = first_named(told, OCCASIONS)
    # "Mother's Day" names no recipient.
    rest = without(told, OCCASIONS[occasion]) if occasion else told
    recipient = first_named(rest, RECIPIENTS)
    is_gift = any(says(told, word) for word in GIFTS) or bool(recipient and occasion)
    return Occasion(recipient, occasion, is_gift, budget_of(told))


def first_named(text: str, names: Names) -> str:
    return next((key for key, words in names.items() if any(says(text, word) for word in words)), "")


def says(text: str, word: str) -> bool:
    """Whole words where a script has them, plural or possessive too; characters elsewhere."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?:'s|s)?(?![a-z])", text) is not None


def without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def budget_of(text: str) -> Budget | None:
    """The first budget that the text names."""
    if (found := re.search(RANGE, text)) and is_money(found[0]):
        low, high = sorted((number(found[1]), number(found[2])))
        return Budget(low, high)
    for form in (BELOW_AFTER_ZH, BELOW, BELOW_ZH):
        if found := re.search(form, text):
            return Budget(most=number(found[1]))
    for form in (ABOVE, ABOVE_ZH):
        if found := re.search(form, text):
            return Budget(least=number(found[1]))
    return None


def is_money(words: str) -> bool:
    """ "2 to 3" is no price; with a coin, or after "between", it is."""
    return words.startswith("between") or re.search(r"[£$€¥￥]|元|块|euro|pound|dollar", words) is not None


def number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
