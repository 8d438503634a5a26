"""Parcel numbers by the public formats of carriers, with their check digits."""

import re
from collections.abc import Callable

from stdnum import luhn

Check = Callable[[str], bool]
LETTER_VALUE = 63  # an A counts 2 in the sums of UPS and of OnTrac
TOKEN = re.compile(r"(?<![A-Z0-9])[A-Z0-9](?:[ -]?[A-Z0-9]){8,40}(?![A-Z0-9])", re.IGNORECASE)
WORD = re.compile(r"(?<![A-Z0-9])[A-Z0-9]{9,40}(?![A-Z0-9])", re.IGNORECASE)


def mod_10(evens: int, odds: int, *, is_reversed: bool = False) -> Check:
    """The last digit fills the weighted sum of those before it up to ten."""

    def check(number: str) -> bool:
        body = number[-2::-1] if is_reversed else number[:-1]
        values = [int(each) if each.isdigit() else (ord(each) - LETTER_VALUE) % 10 for each in body]
        total = sum(value * (odds if place % 2 else evens) for place, value in enumerate(values))
        return number[-1].isdigit() and (10 - total % 10) % 10 == int(number[-1])

    return check


def s10(number: str) -> bool:
    """The Universal Postal Union's: two letters, eight digits, a check digit, a country."""
    total = sum(
        int(digit) * weight for digit, weight in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True)
    )
    remainder = 11 - total % 11
    return {10: 0, 11: 5}.get(remainder, remainder) == int(number[10])


def weighted(number: str) -> bool:
    """FedEx: weights 3 1 7, modulo eleven, then ten."""
    total = sum(int(digit) * (3, 1, 7)[place % 3] for place, digit in enumerate(number[:-1]))
    return total % 11 % 10 == int(number[-1])


def anything(number: str) -> bool:
    return True


# What a number alone must look like, and how it is checked. Bare digits without a check are no parcel number.
FORMATS: tuple[tuple[re.Pattern[str], Check], ...] = tuple(
    (re.compile(pattern), check)
    for pattern, check in (
        (r"1Z[A-Z0-9]{15}\d", lambda number: mod_10(1, 2)(number[2:])),
        (r"[A-Z]{2}\d{9}[A-Z]{2}", s10),
        (r"9[1-5]\d{20}", mod_10(3, 1, is_reversed=True)),
        (r"9[1-5]\d{24}", mod_10(3, 1, is_reversed=True)),
        (r"420\d{5}9[1-5]\d{20}", lambda number: mod_10(3, 1, is_reversed=True)(number[8:])),
        (r"\d{20}", mod_10(3, 1)),
        (r"\d{12}", weighted),
        (r"\d{15}", mod_10(1, 3)),
        (r"\d{16}", mod_10(3, 1)),
        (r"[0-5]\d{11}", luhn.is_valid),
        (r"\d{10}|\d{11}", lambda number: int(number[:-1]) % 7 == int(number[-1])),
        (r"TB[ACM]\d{12}", anything),
        (r"J[A-Z]{2,3}\d{9,10}|JJ?D\d{16}", anything),
        (r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)\d{10,39}", anything),
        (r"1LS7[12]\d{10}|1LSCX[0-9A-Z]{10}|L[AIEHNX][1-3]\d{7}", anything),
        (r"[A-Z]{3}\d{9}", anything),
        (r"LTN\d{8}N1|GFUS\d{14}|SP\d{18}|YT\d{16}|[CDKLSUXZ]\d{21}", anything),
    )
)
CUE = re.compile(
    r"(?:track\w*|parcel|package|shipment|waybill|envío|sendung\w*|运单|快递|物流)\D{0,24}$", re.IGNORECASE
)
# These are also telephone numbers, cards and order numbers: they count only where the words before say so.
NEED_CUE = re.compile(r"\d{10,12}|\d{15,16}|[A-Z]{3}\d{9}", re.IGNORECASE)


def is_tracking_number(number: str) -> bool:
    """Whether a carrier's format and its check digit fit; blanks and hyphens do not count."""
    plain = re.sub(r"[\s-]", "", number).upper()
    return any(pattern.fullmatch(plain) and check(plain) for pattern, check in FORMATS)


def tracking_spans(text: str) -> list[tuple[int, int]]:
    """Where parcel numbers stand."""
    spans: list[tuple[int, int]] = []
    for pattern in (WORD, TOKEN):
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in spans):
                continue
            if is_tracking_number(found.group()) and is_announced(text, found):
                spans.append(found.span())
    return sorted(spans)


def is_announced(text: str, found: re.Match[str]) -> bool:
    plain = re.sub(r"[\s-]", "", found.group())
    return not NEED_CUE.fullmatch(plain) or CUE.search(text[: found.start()]) is not None
