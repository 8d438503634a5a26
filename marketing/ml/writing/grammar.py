"""Sentences of a role: templates with a choice of words, forms for one or many, and slots for facts."""

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marketing.ml.writing.content import Content

FILES = {"en": "grammar_en.txt", "zh-Hans": "grammar_zh.txt"}
TONE = re.compile(r"^\((\w+)\) ")
CHOICE = re.compile(r"\[([^\[\]]*)\]")
NUMBER = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
EDGE = "\x01"  # where a value begins or ends, until the sentence is whole
BEFORE_NAME = re.compile(rf"(?<=[\u4e00-\u9fff]){EDGE}+(?=[A-Za-z])")
AFTER_NAME = re.compile(rf"(?<=[A-Za-z]){EDGE}+(?=[\u4e00-\u9fff]|\d+(?:\.\d)?折)")
SAID_ONCE = (
    "detail Detail use Use_cap Ask look Look a_look A_look look2 feature feature2 Feature_cap "
    "occasion occasion2 own stuff capacity weight care accent tint made colour Colour_cap material Material"
)
ONCE = frozenset(SAID_ONCE.split())
QUOTED = re.compile(r"\{(own)\}")  # the merchant's own sentence is no skeleton that others share
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Template:
    """`slots` are those that it cannot do without; without a tone it suits every tone."""

    pattern: str
    tone: str
    slots: frozenset[str]


@dataclass(frozen=True)
class Sentence:
    """`skeleton` is the sentence with its slots open: what two sentences with other facts have in common.
    `spent` is not said twice.
    """

    text: str
    skeleton: str
    spent: frozenset[str]


@cache
def grammar(language: str) -> dict[str, list[Template]]:
    """By role, in the order of the file."""
    roles: dict[str, list[Template]] = {}
    lines = (Path(__file__).parent / FILES[language]).read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("== "):
            current = roles.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            current.append(template(line))
    return roles


def template(line: str) -> Template:
    tone = TONE.match(line)
    pattern = TONE.sub("", line)
    return Template(pattern, tone[1] if tone else "", frozenset(SLOT.findall(pattern)))


def fitting(role: str, content: Content, language: str, tone: str) -> list[Template]:
    """Those whose slots the content fills and whose tone is asked for."""
    return [
        each
        for each in grammar(language)[role]
        if each.slots <= content.slots.keys() and each.tone in ("", tone)
    ]


def sentence(template: Template, content: Content, rng: random.Random) -> Sentence:
    agreed = NUMBER.sub(lambda found: found[2 if content.is_plural else 1], template.pattern)
    chosen = CHOICE.sub(lambda found: rng.choice(found[1].split("|")), agreed)
    values = {slot: rng.choice(content.slots[slot]) for slot in sorted(template.slots)}
    skeleton = QUOTED.sub(lambda found: values[found[1]], chosen)
    said = SLOT.sub(lambda found: f"{EDGE}{values[found[1]]}{EDGE}", chosen)
    return Sentence(
        spaced(said), skeleton, frozenset(each.lower() for slot, each in values.items() if slot in ONCE)
    )


def spaced(text: str) -> str:
    """A foreign name keeps a space from Chinese around it; inside of a name nothing changes."""
    return BEFORE_NAME.sub(" ", AFTER_NAME.sub(" ", text)).replace(EDGE, "")
