"""Replies about the demo shop's help: as true in other words, and with one thing changed.

The words are chosen as a writer would choose them, not after what the check looks for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ecommerce_ai.demo.services.answering import FOLDER, records_of
from support.ml.sentences import sentence_spans
from support.ml.types import Evidence

DATED = (
    ("en", "The summer sale began on 14 June 2026. It ends on Sunday, 9 August 2026."),
    ("en", "The shop is closed on Friday 25 December. Parcels leave again on Monday 28 December."),
    ("en", "Gift wrapping is offered from November until the end of January."),
    ("zh", "夏季促销从2026年6月14日开始。2026年8月9日结束。"),
    ("zh", "12月25日商店休息。12月28日星期一起恢复发货。"),
)
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "ten": 10, "twelve": 12, "fourteen": 14}
SIGNS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "七": 7, "十": 10, "十二": 12, "十四": 14}
BY_NUMBER = {number: word for word, number in WORDS.items()} | {30: "thirty"}
SIGN_BY_NUMBER = {2: "两", 3: "三", 4: "四", 5: "五", 7: "七", 10: "十", 30: "三十"}
COUNTED = r"(?=天|年|个|英镑|件|周|%)"

# (kind, what is there, what is said instead); the first that is found is changed.
ENGLISH = (
    ("number", r"\b(\d+)\b", lambda found: str(int(found[1]) + 3)),
    ("number", r"\b(" + "|".join(WORDS) + r")\b", lambda found: "six" if found[1] != "six" else "eight"),
    ("date", r"\b(June|August|December|November|January)\b", "March"),
    ("date", r"\b(Sunday|Saturdays|Friday|Monday)\b", "Wednesday"),
    ("date", r"\b(14|9|25|28) (?=June|August|December)", "21 "),
    ("negation", r"\bcannot be\b", "can be"),
    ("negation", r"\b(are|is|was|do|does|need) not\b", r"\1"),
    ("negation", r"\b(may|can) (?!not)", r"\1 not "),
    ("negation", r"\b(are|is) (?!not)(?=\w+(?:ed|en|id|able)\b)", r"\1 not "),
    ("negation", r"\bWe (pay|send|replace|deliver) ", r"We never \1 "),
    ("policy", r"\bfree of charge\b", "at your own cost"),
    ("policy", r"\b(We|we) pay\b(?! back)", "you pay"),
    ("policy", r"\byou pay\b", "we pay"),
    ("policy", r"\bunused\b", "used"),
    ("policy", r"\bonly (?:when|with|if)\b", "also without asking, even if"),
    ("policy", r"\bworking days\b", "hours"),
    ("policy", r"\bpa(?:y|id) (?:it |the postage )?back\b", "given as a voucher"),
    ("policy", r"\bYou may\b", "You must"),
    ("policy", r"\bbefore\b", "after"),
    ("policy", r"\b(?:A|a)fter\b", "before"),
    ("policy", r"\bwithin\b", "at any time after"),
    ("policy", r"\bAll goods\b", "Some goods"),
    ("policy", r"\bMost\b", "All"),
    ("policy", r"$", " This is guaranteed for life."),
    ("policy", r"$", " You also get a discount on your next order."),
)  # fmt: skip
CHINESE = (
    ("number", rf"(\d+){COUNTED}", lambda found: str(int(found[1]) + 3)),
    ("number", rf"([{''.join(sorted(set(''.join(SIGNS))))}]+){COUNTED}", lambda found: "六"),
    ("date", r"\d+月", "3月"),
    ("date", r"(?<=月)\d+(?=日)", "21"),
    ("date", r"周一至周五", "周二至周六"),
    ("negation", r"不能|不可", "可以"),
    ("negation", r"无需|不需要", "需要"),
    ("negation", r"(?<!不)可以", "不可以"),
    ("negation", r"(?<!不)会", "不会"),
    ("policy", r"免费", "收费"),
    ("policy", r"免运费", "另收运费"),
    ("policy", r"由我们承担", "由您承担"),
    ("policy", r"未使用", "已使用"),
    ("policy", r"只有", "即使没有"),
    ("policy", r"工作日", "小时"),
    ("policy", r"全额退款", "换成代金券"),
    ("policy", r"之前", "之后"),
    ("policy", r"$", "我们还会终身保修。"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    text: str
    evidence: tuple[Evidence, ...]
    language: str
    kind: str


def sources() -> Iterator[tuple[str, str]]:
    """(language, body) of the demo's help pages and of some dated notices."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield from ((record.language, record.body) for record in records_of(path))
    yield from DATED


def quoted(language: str, body: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(1, 1, start, end, body[start:end]) for start, end in sentence_spans(body))


def true_replies() -> Iterator[Case]:
    for number, (language, body) in enumerate(sources()):
        evidence = quoted(language, body)
        sentence = evidence[number % len(evidence)].quote
        for text in reworded(language, sentence):
            if text != sentence:
                yield Case(text, evidence, language, "true")
        both = "".join(each.quote for each in evidence) if language == "zh" else body
        yield Case(both, evidence, language, "true")


def reworded(language: str, sentence: str) -> Iterator[str]:
    """The same said as a person would say it."""
    if language == "zh":
        yield f"您好，{sentence}"
        yield re.sub(
            rf"(?<!\d)(\d+){COUNTED}", lambda found: SIGN_BY_NUMBER.get(int(found[1]), found[1]), sentence
        )
        yield sentence.replace("可以", "可").replace("无需", "不需要").replace("之内", "内")
        yield f"根据我们的政策，{sentence}"
        return
    low = sentence[0].lower() + sentence[1:] if not re.match(r"I\b|[A-Z]{2}", sentence) else sentence
    yield f"Yes, {low}"
    yield f"According to our policy, {low}"
    yield re.sub(r"\b(is|are|do|does|was) not\b", r"\1n't", sentence).replace("cannot", "can't")
    yield re.sub(r"\b(" + "|".join(WORDS) + r")\b", lambda found: str(WORDS[found[1]]), sentence)
    yield re.sub(
        r"(?<![£.\d:])\b(\d+)\b(?![.:]\d)", lambda found: BY_NUMBER.get(int(found[1]), found[1]), sentence
    )
    yield sentence.replace("You may", "You can").replace("You can ", "You are able to ", 1)
    yield re.sub(r"\bWe\b", "Our shop", sentence, count=1) if sentence.startswith("We deliver") else sentence
    yield f"Thank you for asking. {sentence}"


def changed_replies() -> Iterator[Case]:
    """One change each: every rule that fits any sentence, in plain words and in other words."""
    for number, (language, body) in enumerate(sources()):
        evidence = quoted(language, body)
        for kind, pattern, put in CHINESE if language == "zh" else ENGLISH:
            holding = [each.quote for each in evidence if re.search(pattern, each.quote)]
            if not holding or (pattern == "$" and number % 9):
                continue
            sentence = holding[number % len(holding)]
            changed = re.sub(pattern, put, sentence, count=1)
            reworded_ones = list(reworded(language, changed))
            for text in (changed, reworded_ones[number % len(reworded_ones)]):
                if text not in body:
                    yield Case(text, evidence, language, kind)
