"""Reads what shoppers typed, each text once, for the traits that it speaks of."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.jobs.progress import Progress, silent
from profiles.ml.needs import occasion_of
from profiles.ml.readings import meant, opening, said
from profiles.models import TextReading, Trait
from profiles.services.traits import refresh_traits

BATCH_SIZE = 512
LONGEST = 300
READ_KINDS = (Trait.Kind.CATEGORY, Trait.Kind.ATTRIBUTE, Trait.Kind.COLOUR, Trait.Kind.THEME)
UNREAD = """
SELECT DISTINCT ON (hash) hash, text FROM (
    SELECT md5(lower(search_term)) AS hash, left(search_term, %(longest)s) AS text
    FROM shop_event WHERE search_term <> '' AND customer_id IS NOT NULL
    UNION ALL SELECT md5(lower(body)), left(body, %(longest)s) FROM shop_review
        WHERE body <> '' AND rating >= 4 AND customer_id IS NOT NULL
    UNION ALL SELECT md5(lower(body)), left(body, %(longest)s) FROM shop_question
        WHERE customer_id IS NOT NULL
) AS texts LEFT JOIN profiles_textreading r ON r.content_hash = hash AND r.made_by = %(made_by)s
WHERE r.content_hash IS NULL
"""


def refresh_readings(*, progress: Progress = silent) -> dict[str, int]:
    """Read every text that nobody read with these traits and this encoder. Returns {"read", "traits"}."""
    refresh_traits()
    traits = list(Trait.objects.filter(kind__in=READ_KINDS).order_by("pk"))
    made_by = reader_name(traits)
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, {"longest": LONGEST, "made_by": made_by})
        unread = cursor.fetchall()
    if not traits or not unread:
        return {"read": 0, "traits": len(traits)}
    texts = [text for _hash, text in unread]
    places = [
        [*asked, *(at for at in spoken if at not in asked)]
        for asked, spoken in zip(
            themes_asked(texts, [trait.key for trait in traits]),
            read_texts(texts, [trait.label for trait in traits], progress),
            strict=True,
        )
    ]
    write_readings([content_hash for content_hash, _text in unread], places, traits, made_by)
    TextReading.objects.exclude(made_by=made_by).delete()
    return {"read": len(unread), "traits": len(traits)}


def reader_name(traits: Sequence[Trait]) -> str:
    """Changes with the encoder's setting and with the labels; no model is loaded to tell."""
    with connection.cursor() as cursor:
        told = "\n".join(f"{trait.pk} {trait.label}" for trait in traits)
        cursor.execute("SELECT md5(%s)", [f"{settings.INFERENCE['encoder']}\n{told}"])
        return str(cursor.fetchone()[0])


def read_texts(texts: Sequence[str], labels: Sequence[str], progress: Progress) -> list[list[int]]:
    """Places of the labels that each text speaks of: by its words; by its meaning where these say none."""
    found = said(texts, labels)
    unsaid = sorted({opening(text) for text, places in zip(texts, found, strict=True) if not places} - {""})
    if not unsaid:
        return found
    vectors = get_encoder().encode_documents(list(labels))
    near: dict[str, list[int]] = {}
    for begin in range(0, len(unsaid), BATCH_SIZE):
        batch = unsaid[begin : begin + BATCH_SIZE]
        near |= zip(batch, meant(get_encoder().encode_queries(batch) @ vectors.T), strict=True)
        progress(begin + len(batch), len(unsaid))
    return [places or near.get(opening(text), []) for text, places in zip(texts, found, strict=True)]


def themes_asked(texts: Sequence[str], keys: Sequence[str]) -> list[list[int]]:
    """Places of the traits that are the recipient or the occasion of each text."""
    place_of = {key: at for at, key in enumerate(keys)}
    return [[place_of[key] for key in occasion_of(text).theme_keys if key in place_of] for text in texts]


def write_readings(
    hashes: Sequence[str], places: Sequence[list[int]], traits: Sequence[Trait], made_by: str
) -> None:
    rows = [
        TextReading(content_hash=content_hash, made_by=made_by, traits=[traits[at].pk for at in found])
        for content_hash, found in zip(hashes, places, strict=True)
    ]
    TextReading.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_hash"],
        update_fields=["made_by", "traits"],
        batch_size=2000,
    )
