"""Personal data out of a message before it is kept, logged or sent on. Order and parcel numbers stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from stdnum import iban, luhn

from support.ml.tracking import tracking_spans

PersonalKind = Literal["email", "iban", "card", "phone", "address"]
REGIONS = ("US", "GB", "DE", "FR", "ES", "CN")
# Number spans of one message that are looked at; a flood of digits costs no more than this.
MAX_CHARACTERS = 4_000
FEWEST_DIGITS = 6  # of a telephone number
EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\]|＠)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
CARD = re.compile(r"(?<![\w-])(?:\d[ -]?){12,18}\d(?![\w-])")
# Issuers' first digits: American Express, Visa, Mastercard, Discover, UnionPay, JCB, Diners.
CARD_ISSUER = re.compile(r"3[0-8]|4|5[0-9]|2[2-7]|6")
STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|place|pl|way|terrace|"
    "close"
)
ADDRESSES = (
    re.compile(
        rf"\b\d{{1,5}}[a-z]?,?\s+(?:[A-Z][\w'’.-]*\s+){{1,4}}(?i:{STREET})\b\.?"
        r"(?:,?\s+(?:[A-Z][\w'’.-]*|[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}|\d{5}(?:-\d{4})?)){0,5}"
    ),
    re.compile(
        r"\b(?:[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|gasse)|"
        r"(?:[Cc]alle|[Aa]venida|[Rr]ue|[Vv]ia|[Pp]laza)\s+(?:(?:de|del|la|las|los|di)\s+)*[A-ZÁÉÍÓÚÑ][\w'’-]*(?:\s[A-Z][\w'’-]*)?),?"
        r"\s+\d{1,4}[a-z]?\b(?:,?\s+\d{4,5}\s+[A-ZÄÖÜ][\w-]*)?"
    ),
    re.compile(
        r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}市)?(?:[\u4e00-\u9fff]{2,6}[区县])?"
        r"[\u4e00-\u9fff]{2,10}(?:路|街|大道|巷|弄)\s?\d+\s?号(?:[\d\u4e00-\u9fff]{0,12}(?:室|楼|单元))?"
    ),
)
ORDER_CUE = re.compile(
    r"(?:order|parcel|tracking|invoice|pedido|bestellung|commande|订单|单号|#)[\s\w]{0,12}[:#：]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Masked:
    """`text` with a word in brackets for each piece of personal data; `kinds` in order of place."""

    text: str
    kinds: tuple[PersonalKind, ...]


@dataclass(frozen=True)
class PersonalSpan:
    start: int
    end: int
    kind: PersonalKind


def mask(text: str, *, regions: tuple[str, ...] = REGIONS) -> Masked:
    """E-mail addresses, IBANs, cards, telephone numbers and postal addresses replaced by their kind."""
    parts: list[str] = []
    kinds: list[PersonalKind] = []
    place = 0
    for span in personal_spans(text, regions):
        parts += [text[place : span.start], f"[{span.kind}]"]
        kinds.append(span.kind)
        place = span.end
    return Masked("".join(parts) + text[place:], tuple(kinds))


def personal_spans(text: str, regions: tuple[str, ...]) -> list[PersonalSpan]:
    """Without overlaps, in order; what is checked by a digit wins over what only looks so."""
    taken: list[PersonalSpan] = []
    parcels = tracking_spans(text[:MAX_CHARACTERS])
    for span in candidates(text, regions):
        overlaps = any(span.start < other.end and other.start < span.end for other in taken)
        is_parcel = span.kind in ("card", "phone") and any(
            start <= span.start and span.end <= end for start, end in parcels
        )
        if not overlaps and not is_parcel:
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def candidates(text: str, regions: tuple[str, ...]) -> Iterator[PersonalSpan]:
    yield from (PersonalSpan(*found.span(), "email") for found in EMAIL.finditer(text))
    yield from (
        PersonalSpan(found.start(), end, "iban") for found in IBAN.finditer(text) if (end := iban_end(found))
    )
    yield from (
        PersonalSpan(*found.span(), "card") for found in CARD.finditer(text) if is_card(found.group())
    )
    yield from (PersonalSpan(*span, "phone") for span in phones(text[:MAX_CHARACTERS], regions))
    for pattern in ADDRESSES:
        yield from (PersonalSpan(*found.span(), "address") for found in pattern.finditer(text))


def iban_end(found: re.Match[str]) -> int | None:
    """Where the account number ends; the words after it may look like more of it."""
    text = found.group()
    ends = [len(text), *(place for place in range(len(text) - 1, 14, -1) if text[place] == " ")]
    return next((found.start() + end for end in ends if iban.is_valid(text[:end])), None)


def is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return CARD_ISSUER.match(digits) is not None and luhn.is_valid(digits)


def phones(text: str, regions: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Numbers that are valid in one of the regions and not announced as another kind of number."""
    if sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
        return
    for region in regions:
        for found in phonenumbers.PhoneNumberMatcher(text, region):
            if not ORDER_CUE.search(text[: found.start]):
                yield found.start, found.end
