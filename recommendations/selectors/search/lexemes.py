"""Queries of lexemes, as Postgres reads them."""

from django.contrib.postgres.search import SearchQuery

from recommendations.ml.search.documents import quoted
from recommendations.ml.search.understanding import Term


class TsQuery(SearchQuery):
    """Lexemes and operators as they stand: both sides were stemmed by the same code."""

    template = "(%(expressions)s)::tsquery"


def any_of(term: Term) -> str:
    """A tsquery that each of its lexemes answers."""
    return "(" + " | ".join(map(quoted, term.lexemes)) + ")"
