"""The facts behind a recommendation, as sentences for the shopper."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from ecommerce_ai.storefront.search_evidence import search_lines
from recommendations.selectors import Reason

WHAT_HAPPENED = {
    "view_item": gettext_lazy("You looked at it on %(date)s."),
    "add_to_cart": gettext_lazy("You put it in your cart on %(date)s."),
    "purchase": gettext_lazy("You bought it on %(date)s."),
}


def evidence_lines(reason: Reason) -> list[str]:
    """What we go by: the event and its day, and how alike the two products are."""
    if reason.code.startswith("search_"):
        return search_lines(reason)
    given, lines = reason.evidence, []
    if (sentence := WHAT_HAPPENED.get(given.get("event", ""))) and given.get("occurred_at"):
        lines.append(str(sentence) % {"date": day_of(given["occurred_at"])})
    if similarity := given.get("similarity"):
        lines.append(gettext("The two are %(percent)s%% alike.") % {"percent": round(similarity * 100)})
    if rank := given.get("rank"):
        lines.append(
            gettext("Number %(rank)s of what people chose in %(days)s days.")
            % {"rank": rank, "days": given.get("days", 30)}
        )
    if baskets := given.get("baskets"):
        lines.append(
            ngettext("In %(count)s basket together.", "In %(count)s baskets together.", baskets)
            % {"count": baskets}
        )
    if reason.is_personal and not lines:
        lines.append(gettext("From what you looked at and bought here."))
    return lines


def day_of(iso_time: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(iso_time)), "DATE_FORMAT")
