"""Text to words and stems: the same for products and for queries, so that both meet."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

MAX_WORD = 40
STEMMERS = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "de": "german",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "fi": "finnish",
    "ru": "russian",
}
WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々ー"
RUN = re.compile(f"[{WITHOUT_SPACES}]+|[^\\W_{WITHOUT_SPACES}]+(?:['’][^\\W_{WITHOUT_SPACES}]+)?")
IS_WITHOUT_SPACES = re.compile(f"[{WITHOUT_SPACES}]")
# An apostrophe parts an article from its word in French, a possessive from it in English.
ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]")
POSSESSIVE = re.compile(r"['’]s?$")
FUNCTION_WORDS = {
    "en": """a an the of for to in on at by with without and or from is are be it its this that these those my
        your his her our their me you i we he she they who which what how so as into up can do does not no
        any some want need looking find something anything one ones""",
    "es": """a al de del el la los las un una unos unas y o con sin para por en que es mi mis tu su sus me lo
        se como más muy quiero necesito busco algo este esta""",
    "fr": """à a au aux de du des le la les un une et ou avec sans pour par en dans sur que qui est mon ma
        mes ton ta tes son sa ses ce cette je il elle on se très veux cherche""",
    "de": """der die das den dem des ein eine einen einem einer und oder mit ohne für zu zum zur von vom in im
        am an auf aus bei ist mein meine meinen meinem meiner dein sein ihr ich es
        sich sehr suche möchte etwas""",
    "ja": "の を に は が で と も や から まで へ か ため たい です ます",
    "zh": "的 了 和 与 给 在 是 用 我 你 他 她 个 想 要 一 把 这 那 可以 适合 怎么 什么 有 买 找",
}
FUNCTION_WORDS_OF = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}


def is_without_spaces(text: str) -> bool:
    """Whether some of it is in a script that does not part its words."""
    return IS_WITHOUT_SPACES.search(text) is not None


def words_of(text: str) -> list[str]:
    """Words in small letters, in order; a run of a script without spaces is one word."""
    folded = unicodedata.normalize("NFKC", text).lower()
    found = (POSSESSIVE.sub("", ELISION.sub("", run)) for run in RUN.findall(folded))
    return [word[:MAX_WORD] for word in found if word]


@lru_cache(maxsize=200_000)
def lexeme_of(word: str, language: str) -> str:
    """The stem, without accents: shoppers leave them out. Languages without a stemmer keep the word."""
    name = STEMMERS.get(language)
    stem = Stemmer.Stemmer(name, 0).stemWord(word) if name else word
    return without_accents(stem)


def without_accents(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.replace("ß", "ss"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def pieces_of(run: str) -> list[str]:
    """Pairs of neighbouring characters, the usual words of scripts without spaces; a lone one is itself."""
    return [run] if len(run) == 1 else [run[start : start + 2] for start in range(len(run) - 1)]


def lexemes_of(text: str, language: str) -> list[str]:
    """What a text is found by, in order, without its function words."""
    function_words = FUNCTION_WORDS_OF.get(language, frozenset())
    found: list[str] = []
    for word in words_of(text):
        if is_without_spaces(word):
            found += pieces_of(word)
        elif word not in function_words:
            found.append(lexeme_of(word, language))
    return found
