"""What a channel holds: its parts, how long each may be, and which sentences may make it.

Limits count characters as the channel does: search ads and titles in search results count a Chinese character
twice (Google Ads' own rule); an SMS of Chinese characters holds 70 and not 160 (GSM 03.38 and UCS-2).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from marketing.ml.lexicon import CHINESE


@dataclass(frozen=True)
class Part:
    """`plans` are sequences of roles to choose from; a role without a fitting sentence is left out. It
    `owes` the name
    or the offer where it has one."""

    name: str
    limit: int
    plans: tuple[str, ...]
    owes: frozenset[str] = frozenset()
    counts_wide_twice: bool = False


LONG = ("opener detail use", "opener use detail", "opener detail detail use", "opener use")
MAIL = (
    "greeting opener detail use call",
    "greeting opener use call",
    "opener detail use call",
    "opener use call",
)

NAME, OFFER = frozenset({"name"}), frozenset({"offer"})

CHANNELS: dict[str, tuple[Part, ...]] = {
    "email": (Part("subject", 60, ("subject",)), Part("body", 900, MAIL, NAME | OFFER)),
    "sms": (Part("text", 160, ("sms",), NAME | OFFER),),
    "push": (Part("title", 50, ("push_title",)), Part("body", 120, ("push_body",), NAME | OFFER)),
    "banner": (Part("headline", 70, ("banner_line",), NAME | OFFER), Part("button", 25, ("button",))),
    "search_ad": (
        *(Part(f"headline {number}", 30, ("headline",), counts_wide_twice=True) for number in (1, 2, 3)),
        Part("line 1", 90, ("ad_line",), NAME, counts_wide_twice=True),
        Part("line 2", 90, ("ad_offer", "ad_line"), OFFER, counts_wide_twice=True),
    ),
    "description": (Part("text", 600, LONG, NAME),),
    "meta": (
        Part("title", 60, ("meta_title",), NAME, counts_wide_twice=True),
        Part("description", 155, ("opener use", "opener detail", "opener"), NAME, counts_wide_twice=True),
    ),
    "blurb": (Part("text", 120, ("blurb",), NAME),),
    "news": (
        Part("headline", 90, ("news_head",), NAME),
        Part("body", 600, ("opener detail use call", "opener use call"), NAME | OFFER),
    ),
}
SMS_OF_WIDE = 70


def length(part: Part, text: str) -> int:
    wide = len(CHINESE.findall(text)) if part.counts_wide_twice else 0
    return len(text) + wide


def limit(part: Part, channel: str, text: str) -> int:
    return SMS_OF_WIDE if channel == "sms" and not text.isascii() else part.limit


def fits(part: Part, channel: str, text: str) -> bool:
    return length(part, text) <= limit(part, channel, text)


def in_order(parts: Mapping[str, str], channel: str) -> dict[str, str]:
    """As the channel has them: the database keeps no order of keys."""
    return {part.name: parts[part.name] for part in CHANNELS[channel] if part.name in parts}
