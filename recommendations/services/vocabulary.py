"""Counts the shop's own words, and how shoppers may name the values of its attributes."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from ecommerce_ai.text_analysis import is_without_spaces, lexeme_of, lexemes_of
from recommendations.ml.search.attributes import may_be_condition
from recommendations.ml.search.spelling import keys_of
from recommendations.models import FacetPhrase, SearchWord

MAX_WORDS = 300_000
BATCH_SIZE = 2_000
LEXEMES = """
    SELECT word, ndoc FROM ts_stat('SELECT words FROM recommendations_searchdocument')
    WHERE left(word, 1) NOT IN ('^', '#', '=')
"""
TITLES = """
    SELECT word, ndoc FROM ts_stat(
        'SELECT to_tsvector(''simple'', title || '' '' || brand) FROM shop_product WHERE is_live')
"""
TEXTS = """
    SELECT word FROM ts_stat(
        'SELECT to_tsvector(''simple'', title || '' '' || brand || '' '' || description)
         FROM shop_product WHERE is_live')
"""
# Attributes with more values than these tell things apart that nobody asks for by such a value.
MAX_VALUES = 1_000
VALUES = """
    SELECT name, value, products FROM (
        SELECT name, value, count(*) AS products, count(*) OVER (PARTITION BY name) AS different
        FROM shop_product, jsonb_each(attributes) AS attribute (name, given),
            jsonb_array_elements_text(
                CASE jsonb_typeof(given) WHEN 'array' THEN given ELSE jsonb_build_array(given) END) AS value
        WHERE is_live AND jsonb_typeof(attributes) = 'object' AND length(value) BETWEEN 1 AND 60
        GROUP BY name, value
    ) AS counted WHERE different <= %(most)s
"""
OTHER_NAMES = """
    SELECT name, attributes ->> name, phrase, count(*)
    FROM shop_product, jsonb_each(translations) AS translation (code, told),
        jsonb_each_text(CASE jsonb_typeof(told -> 'attributes') WHEN 'object' THEN told -> 'attributes'
            ELSE '{}'::jsonb END) AS attribute (name, phrase)
    WHERE is_live AND jsonb_typeof(translations) = 'object' AND jsonb_typeof(told) = 'object'
        AND name = ANY(%(names)s) AND jsonb_typeof(attributes -> name) = 'string'
        AND length(phrase) BETWEEN 1 AND 60
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'brand', brand, brand, count(*) FROM shop_product WHERE is_live AND brand <> '' GROUP BY brand
"""


def count_words(*, is_needed: bool = True) -> dict[str, int]:
    """One vocabulary for another, unseen by readers. Returns {"words", "names"}.

    Does nothing where it `is_needed` no more.
    """
    if not is_needed and SearchWord.objects.exists():
        return {"words": 0, "names": 0}
    words, names = counted_words(), counted_names()
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(words, batch_size=BATCH_SIZE)
        FacetPhrase.objects.all().delete()
        FacetPhrase.objects.bulk_create(names, batch_size=BATCH_SIZE)
    return {"words": len(words), "names": len(names)}


def counted_words() -> list[SearchWord]:
    """Words as they are written, then stems that none of them has: pieces of scripts without spaces."""
    lexemes, titles = ({str(word): int(count) for word, count in fetched(each)} for each in (LEXEMES, TITLES))
    written = {word for (word,) in fetched(TEXTS) if word.isalpha() and len(word) <= 40}
    found = {
        word: SearchWord(
            word=word,
            lexeme=lexeme_of(word, "en"),
            documents=lexemes[lexeme_of(word, "en")],
            in_titles=titles.get(word, 0),
            keys=keys_of(word),
        )
        for word in written
        if not is_without_spaces(word) and lexeme_of(word, "en") in lexemes
    }
    covered = {row.lexeme for row in found.values()}
    for lexeme, documents in lexemes.items():
        if lexeme not in covered and lexeme not in found and len(lexeme) <= 40:
            found[lexeme] = SearchWord(word=lexeme, lexeme=lexeme, documents=documents)
    return sorted(found.values(), key=lambda row: (-row.documents, row.word))[:MAX_WORDS]


def counted_names() -> list[FacetPhrase]:
    """Each value by its own name and by its translations; several spellings of one phrase are one."""
    values = condition_values()
    own = [
        (name, value, value, documents) for name, each in values.items() for value, documents in each.items()
    ]
    counts: dict[tuple[str, str, str], int] = {}
    for name, value, phrase, documents in [*own, *fetched(OTHER_NAMES, {"names": list(values)})]:
        key = (phrase_key(phrase), name, value)
        if key[0]:
            counts[key] = counts.get(key, 0) + documents
    return [
        FacetPhrase(phrase=phrase, name=name, value=value, documents=documents)
        for (phrase, name, value), documents in counts.items()
    ]


def condition_values() -> dict[str, dict[str, int]]:
    """By attribute that a query may name as a condition: in how many products each of its values stands."""
    found: dict[str, dict[str, int]] = {}
    for name, value, products in fetched(VALUES, {"most": MAX_VALUES}):
        found.setdefault(name, {})[value] = products
    return {name: values for name, values in found.items() if may_be_condition(name, values)}


def phrase_key(phrase: str) -> str:
    """As queries look it up: the stems of its words, or the characters themselves."""
    return phrase.lower()[:100] if is_without_spaces(phrase) else " ".join(lexemes_of(phrase, "en"))[:100]


def fetched(statement: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
