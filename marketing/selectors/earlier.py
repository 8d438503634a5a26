"""What was written before, so that nothing is written twice."""

from marketing.ml.likeness import shingles
from marketing.ml.writing.channels import in_order
from marketing.models import Brief, Candidate, Variant

REMEMBERED = 300  # approved texts of a channel, the last ones
Shingles = frozenset[tuple[str, ...]]


def earlier_texts(channel: str, language: str) -> list[Shingles]:
    """Of texts that were approved for this channel."""
    rows = Variant.objects.filter(channel=channel, language=language).order_by("-id")
    return [
        shingles("\n".join(in_order(parts, channel).values()))
        for parts in rows.values_list("parts", flat=True)[:REMEMBERED]
    ]


def written_texts(brief: Brief, language: str) -> set[str]:
    """Of candidates that this brief has."""
    rows = Candidate.objects.filter(brief=brief, language=language)
    return {
        "\n".join(in_order(parts, brief.channel).values()) for parts in rows.values_list("parts", flat=True)
    }
