"""What decides a search beside the shop's words, and the version of all of it."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import md5

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from ecommerce_ai.kept import Kept
from recommendations.ml.search.blend import Blend, blend_as_dict, shipped_blend
from recommendations.models import SearchPin, Synonym


@dataclass(frozen=True)
class SearchSettings:
    """What an experiment may set otherwise. `least_chance` and `least_share` of the best chance: the cut-offs
    below which nothing is about the query; `taste`: how much of a chance a customer's taste may add.
    """

    blend: Blend = field(default_factory=shipped_blend)
    least_chance: float = 0.012
    least_share: float = 0.05
    taste: float = 0.15

    @cached_property
    def version(self) -> str:
        """The same for the same settings, in every process."""
        numbers = [self.least_chance, self.least_share, self.taste]
        told = json.dumps([blend_as_dict(self.blend), numbers])
        return md5(told.encode(), usedforsecurity=False).hexdigest()[:8]


SHIPPED = SearchSettings()


def search_version(settings: SearchSettings = SHIPPED) -> str:
    """ "settings.merchant": another one whenever other results may come of it, a moment later."""
    return f"{settings.version}.{merchants_version.of('now')}"


def read_merchants_version(_now: str) -> str:
    """Of the words and pins that staff set."""
    joined = [
        rows.aggregate(told=StringAgg(text, Value("\x1f"), order_by="pk"))["told"] or ""
        for rows, text in (
            (Synonym.objects.live(), separated("words", "means", "is_two_way")),
            (SearchPin.objects.live(), separated("query", "product", "position")),
        )
    ]
    return md5("\x1e".join(joined).encode(), usedforsecurity=False).hexdigest()[:8]


merchants_version = Kept(read_merchants_version)


def separated(*fields: str) -> Concat:
    parts = [part for name in fields for part in (Cast(name, CharField()), Value("\x1f"))]
    return Concat(*parts, output_field=CharField())
