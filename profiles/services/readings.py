"""Reads what shoppers typed, each text once, for the traits that it speaks of."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.jobs.progress import Progress, silent
from profiles.ml.readings import MOST_TRAITS, meant, said
from profiles.models import TextReading, Trait
from profiles.services.traits import refresh_traits

BATCH_SIZE = 512
LONGEST = 300
# What a text is about, it says in its first words; more of them take time.
ENCODED = 80
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
    labels = get_encoder().encode_documents([trait.label for trait in traits])
    for begin in range(0, len(unread), BATCH_SIZE):
        batch = unread[begin : begin + BATCH_SIZE]
        near = meant(get_encoder().encode_queries([text[:ENCODED] for _hash, text in batch]) @ labels.T)
        write_readings(batch, near, traits, made_by)
        progress(begin + len(batch), len(unread))
    TextReading.objects.exclude(made_by=made_by).delete()
    return {"read": len(unread), "traits": len(traits)}


def reader_name(traits: Sequence[Trait]) -> str:
    """Changes with the encoder's setting and with the labels; no model is loaded to tell."""
    with connection.cursor() as cursor:
        told = "\n".join(f"{trait.pk} {trait.label}" for trait in traits)
        cursor.execute("SELECT md5(%s)", [f"{settings.INFERENCE['encoder']}\n{told}"])
        return str(cursor.fetchone()[0])


def write_readings(
    batch: Sequence[tuple[str, str]], near: Sequence[list[int]], traits: Sequence[Trait], made_by: str
) -> None:
    labels = [trait.label for trait in traits]
    rows = []
    for (content_hash, text), places in zip(batch, near, strict=True):
        found = list(dict.fromkeys([*said(text, labels), *places]))[:MOST_TRAITS]
        ids = [traits[at].pk for at in found]
        rows.append(TextReading(content_hash=content_hash, made_by=made_by, traits=ids))
    TextReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["content_hash"], update_fields=["made_by", "traits"]
    )
