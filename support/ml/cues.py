"""What kind of answer a question asks for, and whether a sentence holds one."""

import re
from typing import Literal

Kind = Literal["number", "time", "name"]
# In the order they are tried: "how long", "what year" and "which people" begin like other questions.
QUESTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "time",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade)\b"
            r"|\bcuándo\b|\b(?:qué|cuál) (?:año|fecha|día|mes|hora|siglo)\b|\bquand\b|\bwann\b"
            r"|何时|什么时候|什么时间|哪一?[年天日月]|几[点月号]",
            re.IGNORECASE,
        ),
    ),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|far|large|big|tall|high|often|soon|fast)\b"
            r"|\bwhat (?:percent\w*|number|age|price)\b"
            r"|\bcuánt[oa]s?\b|\bqué (?:porcentaje|número|edad|precio)\b"
            r"|\bcombien\b|\bwie ?(?:viele?|lange|oft|teuer|alt|hoch)\b"
            r"|多少|几[个次天人年种]|多[久大长高远快]|百分之几",
            re.IGNORECASE,
        ),
    ),
    (
        "name",
        re.compile(
            r"\bwho(?:se|m)?\b|\bwhere\b|\bqui[eé]n(?:es)?\b|\bdónde\b|\bqui\b|\boù\b|\bwer\b|\bwo\b",
            re.IGNORECASE,
        ),
    ),
)
NUMERALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|twice|once|"
    "uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|cien|ciento|cientos|mil|miles|millón|millones|mitad|"
    "un|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert|tausend"
)
NUMBER = re.compile(
    rf"\d+(?:[.,]\d+)*|\b(?:{NUMERALS})\b|[一二两三四五六七八九十百千万亿半]+(?=[^\s])", re.IGNORECASE
)
TIME = re.compile(
    r"\b\d{3,4}s?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|century|centuries|days?|weeks?|hours?|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|siglos?|días?|semanas?|horas?|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\d+\s*[年月日号点]|世纪|星期|周[一二三四五六日]|[一二三四五六七八九十]+[天月周年]",
    re.IGNORECASE,
)
# A word written large that does not begin the sentence.
NAME = re.compile(r"(?<![.!?。！？])(?<=[\s(“\"'])[A-ZÁÉÍÓÚÑÄÖÜ][\w'’-]+")


def kind_asked(question: str) -> Kind | None:
    """None where a question does not tell."""
    return next((kind for kind, pattern in QUESTIONS if pattern.search(question)), None)


def holds(sentence: str, kind: Kind, question: str) -> bool:
    """Whether the sentence has something of this kind that the question did not bring."""
    pattern = {"number": NUMBER, "time": TIME, "name": NAME}[kind]
    brought = question.lower()
    return any(found.group().lower() not in brought for found in pattern.finditer(sentence))
