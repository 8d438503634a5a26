"""How Postgres finds the words of articles: by the stems of the shop's own analyser, in every language."""

from ecommerce_ai.text_analysis import lexemes_of

CONFIG = "simple"  # the stems are made before


def text_to_find(text: str, language: str) -> str:
    """What a text is found by, and what a query looks for: its stems, divided by spaces."""
    return " ".join(lexemes_of(text, language.partition("-")[0]))
