"""What a text of a brief has to pass, from the tables: rules of shop and law, earlier texts, consent."""

from collections.abc import Sequence
from typing import Any

from marketing.ml.copy_checks import Checked, Fault, Wanted
from marketing.ml.facts import ProductFacts
from marketing.models import Brief
from marketing.selectors.audiences import may_be_personal
from marketing.selectors.earlier import earlier_texts
from marketing.selectors.product_facts import ML_LANGUAGES
from marketing.selectors.rules import rules_of


def wanted_of(brief: Brief, language: str) -> Wanted:
    """What every text of this brief in this language has to be like; the product is filled in by `about`."""
    return Wanted(
        product=ProductFacts("-"),
        channel=brief.channel,
        language=ML_LANGUAGES[language],
        tone=brief.tone,
        rules=rules_of(brief, language),
        earlier=earlier_texts(brief.channel, language),
        must_say=brief.must_say,
        may_be_personal=may_be_personal(brief),
    )


def claims_shown(checked: Checked) -> list[dict[str, Any]]:
    """As a row keeps them: where each stands, and what proves it or why nothing does."""
    return [
        {
            "part": part,
            "start": each.claim.start,
            "end": each.claim.end,
            "text": each.claim.text,
            "kind": each.claim.kind,
            "proof": each.proof,
            "fact": each.fact.claim.text if each.fact else "",
            "reason": each.reason or "",
        }
        for part, each in checked.claims
    ]


def faults_shown(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [vars(each) for each in faults]
