"""Words that must not stand in a text: of the shop, of the market's law, and of the brief."""

from collections.abc import Sequence

from marketing.ml.copy_checks import Rule
from marketing.models import Brief, CopyRule


def rules_of(brief: Brief, language: str) -> Sequence[Rule]:
    """Those of the shop and the market, and the brief's own."""
    rows = CopyRule.objects.for_text(market=brief.market, language=language)
    own = [each.strip() for each in brief.must_not_say.split(";") if each.strip()]
    return [
        *(Rule(row.phrase, row.kind, row.reason) for row in rows),
        *(Rule(phrase, CopyRule.Kind.BANNED) for phrase in own),
    ]
