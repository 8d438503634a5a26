"""Search by words: Postgres full text, and plain substrings where words have no spaces between them."""

import re
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import BooleanField, Case, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from ecommerce_ai.shop.models import Product

# The very expression of the index `product_words`: Postgres uses an index only for what it was built on.
WORDS = SearchVector("title", "brand", "description", config="english")
MAX_WORDS = 16
MAX_PIECES = 24
LEAST_SHARE_OF_PIECES = 0.3
CODES = ("zh", "zh-hans", "ja", "ko")  # languages whose translated titles are searched by pieces
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


class AnyWord(Func):
    """A tsquery of any of the words; `plainto_tsquery` alone asks for all."""

    template = "replace(plainto_tsquery('english', %(expressions)s)::text, ' & ', ' | ')::tsquery"


class WordRank(Func):
    """How well the words match, weighed by how rare and how close they are; 1 is a long text full of them."""

    function = "ts_rank_cd"
    template = "%(function)s(%(expressions)s, 32)"
    output_field = FloatField()


class Matches(Func):
    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field = BooleanField()


def is_without_spaces(query: str) -> bool:
    """Whether the query is written in a script that does not part its words."""
    return IDEOGRAPHS.search(query) is not None


def pieces(query: str) -> list[str]:
    """Pairs of neighbouring characters, the usual words of such scripts: 羊毛围巾 gives 羊毛, 毛围, 围巾."""
    runs = IDEOGRAPHS.findall(query)
    found = [run[start : start + 2] for run in runs for start in range(max(len(run) - 1, 1))]
    return list(dict.fromkeys(found))[:MAX_PIECES]


def matching_words(query: str, products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with any of the words, annotated with `rank` in 0-1, best first."""
    words = Value(" ".join(query.split()[:MAX_WORDS]))
    any_word = AnyWord(words)
    return (
        products.annotate(matched=Matches(WORDS, any_word), rank=WordRank(WORDS, any_word))
        .filter(matched=True)
        .order_by("-rank", "pk")
    )


def matching_pieces(query: str, products: QuerySet[Product]) -> QuerySet[Product]:
    """Products whose text or translations hold pieces of the query; `rank` is the share of pieces found.

    Of a whole sentence one piece in a title is enough: the others are mostly not names of things.
    """
    wanted = pieces(query)
    rank = reduce(add, [piece_score(piece) for piece in wanted]) / Value(3.0 * len(wanted))
    searched = products.annotate(
        translated=Cast(F("translations"), TextField()),
        **{f"title_{number}": KT(f"translations__{code}__title") for number, code in enumerate(CODES)},
    )
    least = min(LEAST_SHARE_OF_PIECES, 0.99 / len(wanted))
    return searched.annotate(rank=rank).filter(rank__gt=least).order_by("-rank", "pk")


def piece_score(piece: str) -> Case:
    """3 in a title, 1 elsewhere."""
    titles = Q(title__contains=piece) | Q(category__name__contains=piece)
    for number in range(len(CODES)):
        titles |= Q(**{f"title_{number}__contains": piece})
    anywhere = Q(description__contains=piece) | Q(translated__contains=piece)
    return Case(When(titles, then=3.0), When(anywhere, then=1.0), default=0.0, output_field=FloatField())


def exact_hits(query: str, products: QuerySet[Product], *, limit: int) -> list[int]:
    """The key of the product of this very number, or those of this very title."""
    titled = Q(matched=True, title__iexact=query)  # the words are indexed, the title is not
    every_word = Matches(WORDS, SearchQuery(query, config="english"))
    exact = products.annotate(matched=every_word).filter(Q(sku__in=[query, query.upper()]) | titled)
    return list(exact.order_by("-pk").values_list("pk", flat=True)[:limit])
