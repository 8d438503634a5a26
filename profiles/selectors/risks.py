"""Risk in plain words: description and sentiment of each fact, as order pages of shops show it."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from profiles.models import RiskAssessment

SENTENCES = {
    "orders_in_an_hour": gettext_noop("%(n).0f orders within one hour"),
    "amount_above_usual": gettext_noop("The amount is %(times)s times what this customer usually spends"),
    "amount_as_usual": gettext_noop("The amount is what this customer usually spends"),
    "address_of_many": gettext_noop("%(n).0f customers had things sent to this address within a week"),
    "new_address": gettext_noop("A regular customer, and an address where nothing was sent before"),
    "as_if_taken_over": gettext_noop(
        "As after a takeover of the account: a new address, and %(times)s times the usual amount"
    ),
    "known_address": gettext_noop("%(n).0f earlier orders went to this address"),
    "abuse_confirmed_before": gettext_noop("Abuse was confirmed %(n).0f times for this customer or address"),
    "first_order": gettext_noop("The customer's first order"),
    "long_customer": gettext_noop("A customer with %(n).0f earlier orders"),
    "unusual": gettext_noop("More unusual than %(percent)s percent of all orders"),
    "many_returns": gettext_noop("%(n).0f returns or cancellations for %(orders).0f orders"),
    "reviews_without_orders": gettext_noop("%(n).0f reviews of products that were never ordered"),
    "accounts_at_address": gettext_noop("%(n).0f accounts share one address"),
    "accounts_in_one_hand": gettext_noop("%(n).0f accounts share one mailbox or telephone number"),
    "only_offers": gettext_noop(
        "%(n).0f accounts that share an address, a mailbox or a telephone number bought goods on offer alone"
    ),
    "code_used_again": gettext_noop(
        "One code was used %(n).0f times by accounts that share an address, a mailbox or a telephone number"
    ),
}


@dataclass(frozen=True)
class RiskFact:
    description: str
    sentiment: str


def risk_facts(assessment: RiskAssessment) -> tuple[RiskFact, ...]:
    """The facts in the reader's language, those against first."""
    order = {"negative": 0, "neutral": 1, "positive": 2}
    facts = sorted(assessment.facts, key=lambda fact: order[fact["sentiment"]])
    return tuple(
        RiskFact(gettext(SENTENCES[fact["code"]]) % fact["values"], fact["sentiment"]) for fact in facts
    )
