"""What is held back on its way in and out: instructions to the assistant, abuse, and claims nobody may make.

Patterns, not models: each hit can be read in the log, and a merchant can say why it was held back.
"""

import re
from dataclasses import dataclass
from typing import Literal

RailKind = Literal["injection", "abuse", "legal", "competitor", "personal_data", "toxicity"]


@dataclass(frozen=True)
class Held:
    """Which rail, and the words that touched it."""

    kind: RailKind
    words: str


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


INJECTION = any_of(
    r"(?:ignore|disregard|forget|override)\W+(?:\w+\W+){0,4}(?:instructions?|prompts?|rules?|guidelines?)",
    r"(?:reveal|print|show|repeat|tell me|what is)\W+(?:\w+\W+){0,3}"
    r"(?:system|hidden|initial)\W+(?:prompt|message|instructions?)",
    r"you are (?:now|no longer)\W+(?:\w+\W+){0,4}(?:assistant|admin|dan|developer|root|unrestricted)",
    r"\b(?:developer|god|admin|debug|jailbreak|dan) mode\b",
    r"\b(?:pretend|act|behave|role-?play)\W+(?:\w+\W+){0,3}"
    r"(?:admin\w*|developer|support agent|unrestricted|another ai)",
    r"\bi am (?:the|an?|your)\W+(?:shop |site |system )?"
    r"(?:admin\w*|developer|(?:shop|store|site) owner|root|operator|creator)\b",
    r"\bas (?:the|an?) (?:admin\w*|developer|root user|system)\b",
    r"<\s*/?\s*(?:system|instructions?|assistant)\s*>|\[/?(?:system|inst)\]|<\|[a-z_]+\|>",
    r"\b(?:select|drop|delete|update|insert)\b[^.?!]{0,40}\b(?:from|table|into|where)\b[^.?!]*[=;*]",
    r"(?:decode|decrypt|run|execute|eval)\W+(?:\w+\W+){0,4}(?:base64|rot13|hex|code|command)",
    r"忽略\S{0,8}(?:指令|规则|提示|要求)",
    r"(?:你现在是|扮演|假装\S{0,4}是)\S{0,8}(?:管理员|开发者|系统|客服主管)",
    r"我是\S{0,4}(?:管理员|店主|开发者|系统)",
    r"(?:显示|告诉我|输出|打印)\S{0,6}(?:系统提示|提示词|隐藏指令)",
)
ABUSE = any_of(
    r"\b(?:fuck(?:ing|er|ed)?|motherfuck\w*|bastards?|assholes?|bitch(?:es)?|cunts?|dickheads?|wankers?|retards?)\b",
    r"\b(?:kill|hang|shoot) (?:yourself|yourselves|you all)\b",
    r"\bi(?:'ll| will) (?:kill|hurt|find) you\b",
    r"傻[逼比叉]|操你|草泥马|他妈的|去死|王八蛋|狗东西|垃圾客服",
)
THREAT = any_of(
    r"\b(?:lawyer|solicitor|attorney|court|sue|legal action|trading standards|chargeback)\b",
    r"律师|起诉|法院|消协|12315|投诉到",
)
LEGAL = any_of(
    r"\b(?:we|the shop) (?:are|is) (?:legally )?(?:liable|at fault)\b",
    r"\bwe (?:admit|accept) (?:liability|fault)\b",
    r"\b(?:guaranteed?|certified) to (?:cure|heal|treat|prevent)\b",
    r"\b(?:cures?|heals?)\b",
    r"我们(?:承认|承担)\S{0,4}(?:责任|过错)|包治|治愈",
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])\+?\d[\d ()-]{8,}\d(?![\w.])")


def held_on_entry(text: str) -> Held | None:
    """Why a shopper's message is not passed on; None where it may be."""
    return touched("injection", INJECTION, text) or touched("abuse", ABUSE, text)


def is_threat(text: str) -> bool:
    """Whether it speaks of lawyers and courts: a person reads that, soon."""
    return THREAT.search(text) is not None


def planted(text: str) -> Held | None:
    """An instruction inside of something that is only quoted."""
    return touched("injection", INJECTION, text)


def held_on_exit(
    text: str, *, quotes: tuple[str, ...] = (), competitors: tuple[str, ...] = (), known: tuple[str, ...] = ()
) -> Held | None:
    """Why a reply is not sent. What the shop itself published may be said, whatever it is: `quotes`.

    `known`: addresses and numbers that are the shop's own.
    """
    own = text
    for quote in sorted(quotes, key=len, reverse=True):
        own = own.replace(quote, " ")
    rivals = any_of(*(rf"\b{re.escape(name)}\b" for name in competitors)) if competitors else None
    return (
        touched("toxicity", ABUSE, own)
        or touched("legal", LEGAL, own)
        or (touched("competitor", rivals, own) if rivals else None)
        or foreign("personal_data", own, known)
    )


def touched(kind: RailKind, pattern: re.Pattern[str], text: str) -> Held | None:
    found = pattern.search(text)
    return Held(kind, found[0][:120]) if found else None


def foreign(kind: RailKind, text: str, known: tuple[str, ...]) -> Held | None:
    """An address or a telephone number that is not the shop's own."""
    for pattern in (EMAIL, PHONE):
        for found in pattern.finditer(text):
            if not any(found[0] in own for own in known):
                return Held(kind, "…")
    return None
