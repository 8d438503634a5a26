"""Which language a message is in: by its script, then by the small words that only one language has."""

import re

from ecommerce_ai.text_analysis import FUNCTION_WORDS_OF, words_of

KANA = re.compile(r"[\u3040-\u30ff]")
IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")
SPACED = ("en", "es", "fr", "de")
# What shoppers ask with, beside the function words that search knows.
QUESTION_WORDS = {
    "en": "when where why has have was were did will would please my order hello hi thanks been there",
    "es": "cuándo cuando dónde donde cuánto cuanto cuál cual quién hola gracias pedido está tengo puedo fue",
    "fr": "quand où combien quel quelle pourquoi bonjour merci commande est-ce puis-je j'ai suis été mon",
    "de": "wann wo warum wie was wer hallo danke bestellung habe kann wurde wird nicht ihre bitte",
}
WORDS = {language: FUNCTION_WORDS_OF[language] | set(QUESTION_WORDS[language].split()) for language in SPACED}


def detect_language(text: str, *, hint: str = "en") -> str:
    """A code of two letters; `hint` (the page's language) where the text does not tell."""
    if KANA.search(text):
        return "ja"
    if IDEOGRAPHS.search(text):
        return "ja" if hint[:2] == "ja" else "zh"
    words = words_of(text)
    counts = {language: sum(word in WORDS[language] for word in words) for language in SPACED}
    best = max(counts.values())
    leaders = [language for language in SPACED if counts[language] == best and best]
    # A page in Chinese read by somebody who types Latin letters says nothing about which language these are.
    fallback = hint[:2] if hint[:2] in SPACED else "en"
    return fallback if not leaders or fallback in leaders else leaders[0]
