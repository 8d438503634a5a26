"""What a shopper asks for plainly enough that no model has to guess: a person, above all."""

import re

PERSON = re.compile(
    r"(?:speak|talk|chat|write)\s+(?:to|with)\s+(?:a |an |some|the )?(?:\w+ )?"
    r"(?:human|person|someone|somebody|agent|adviser|representative)"
    r"|(?:a |an |real |actual )(?:human|person|agent)\b(?:,? please)?|\bhuman (?:please|agent)\b|\bcall me\b"
    r"|\bconnect me\b|转\s*人工|人工(?:客服|服务)?|真人|找客服",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|你好|您好|嗨|哈喽)[\s!.,。！，]*", re.IGNORECASE
)
THANKS = re.compile(
    r"\s*(?:(?:many |ok |great |perfect )?(?:thanks?(?: you)?(?: very much| a lot)?|thx|cheers)"
    r"|谢谢(?:你|您)?|多谢|感谢)[\s!.,。！，]*",
    re.IGNORECASE,
)


def wants_a_person(text: str) -> bool:
    return PERSON.search(text) is not None


def is_greeting(text: str) -> bool:
    """Nothing but a greeting."""
    return GREETING.fullmatch(text) is not None


def is_thanks(text: str) -> bool:
    return THANKS.fullmatch(text) is not None
