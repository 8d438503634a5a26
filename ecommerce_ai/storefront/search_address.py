"""What a shopper asks of the search, from the address. Bad input asks nothing."""

from dataclasses import dataclass, field

from django.http import QueryDict

from ecommerce_ai.shop.models import Customer
from ecommerce_ai.storefront.filters import Filters, clean_values, filters_from
from recommendations.selectors import SearchOptions

MAX_QUERY = 300
# What stays in the address while facets, order and page change.
KEPT = ("q", "drop", "as_typed", "personal")


@dataclass(frozen=True)
class SearchAsked:
    """The words, how to take them, and what to narrow the results by."""

    query: str = ""
    options: SearchOptions = field(default_factory=SearchOptions)
    filters: Filters = field(default_factory=Filters)
    page: str = "1"

    @property
    def is_new(self) -> bool:
        """Whether these are the words alone: a search, and no second look at its results."""
        return not (
            self.filters.is_narrowing or self.filters.sort or self.options.dropped or self.page != "1"
        )


def asked_of(parameters: QueryDict, *, customer: Customer | None) -> SearchAsked:
    options = SearchOptions(
        dropped=frozenset(clean_values(parameters.getlist("drop"))),
        is_repairing=parameters.get("as_typed") != "1",
        customer=customer,
        is_personal=parameters.get("personal") != "off",
    )
    return SearchAsked(typed(parameters), options, filters_from(parameters), parameters.get("page", "1"))


def typed(parameters: QueryDict) -> str:
    return " ".join(parameters.get("q", "").replace("\x00", " ")[:MAX_QUERY].split())
