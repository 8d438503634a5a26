"""Pure: names of countries, as shops write them, to ISO 3166 codes."""

from functools import cache

from babel import Locale

ALIASES = {
    "czech republic": "CZ",
    "eire": "IE",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "korea": "KR",
    "macau": "MO",
    "northern ireland": "GB",
    "republic of ireland": "IE",
    "russian federation": "RU",
    "scotland": "GB",
    "the netherlands": "NL",
    "turkey": "TR",
    "u.k.": "GB",
    "u.s.a.": "US",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "viet nam": "VN",
    "wales": "GB",
}


@cache
def codes_by_name() -> dict[str, str]:
    """Lower-case names in English and Chinese, and the codes themselves."""
    codes: dict[str, str] = {}
    for language in ("zh", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
                codes[name.lower()] = codes[code.lower()] = code
    return codes | ALIASES


def country_code(name: str) -> str:
    """The two-letter code, or nothing for a name that is no country."""
    return codes_by_name().get(name.strip().lower(), "")
