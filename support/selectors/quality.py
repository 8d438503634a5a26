"""How well shoppers are answered: by week, by confidence, and where it went wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Avg, Count, Q
from django.utils import timezone

from support.models import Conversation, LogEntry, Message

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
FEWEST = 5  # judged answers before a share is told


@dataclass(frozen=True)
class Period:
    """Counts of a period; `automatic` is the share of conversations that no person entered."""

    conversations: int
    answered: int
    asked_back: int
    abstained: int
    handed_over: int
    helpful: int
    not_helpful: int
    average: float | None
    rated: int

    @property
    def automatic(self) -> float | None:
        return 1 - self.handed_over / self.conversations if self.conversations else None

    @property
    def abstained_share(self) -> float | None:
        said = self.answered + self.asked_back + self.abstained
        return self.abstained / said if said else None


@dataclass(frozen=True)
class Bin:
    """Answers whose chance to be right was told as `low` to `high`: how many shoppers found right."""

    low: float
    high: float
    count: int
    judged: int
    right: int

    @property
    def share(self) -> float | None:
        return self.right / self.judged if self.judged >= FEWEST else None


@dataclass(frozen=True)
class Risk:
    """Were only answers from `threshold` up given: how many that would be, and how many of them wrong."""

    threshold: float
    coverage: float
    risk: float | None


@dataclass(frozen=True)
class Quality:
    now: Period
    before: Period
    bins: list[Bin]
    risks: list[Risk]
    complaints: list[tuple[str, int]]
    rails: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    drift: float | None

    @property
    def answers(self) -> int:
        return sum(each.count for each in self.bins)


def quality(days: int = 30) -> Quality:
    now = timezone.now()
    begin = now - timedelta(days=days)
    present, past = period(begin, now), period(begin - timedelta(days=days), begin)
    bins = score_bins(begin)
    shares = (present.abstained_share, past.abstained_share)
    return Quality(
        now=present,
        before=past,
        bins=bins,
        risks=risk_coverage(bins),
        complaints=counted(Message.Complaint, Message.objects.filter(created_at__gte=begin), "complaint"),
        rails=counted(LogEntry.Kind, LogEntry.objects.filter(at__gte=begin, kind__in=LogEntry.RAILS), "kind"),
        reasons=counted(Conversation.Reason, Conversation.objects.filter(opened_at__gte=begin), "reason"),
        drift=shares[0] - shares[1] if shares[0] is not None and shares[1] is not None else None,
    )


def period(begin: datetime, end: datetime) -> Period:
    talks = Conversation.objects.filter(opened_at__gte=begin, opened_at__lt=end).aggregate(
        conversations=Count("pk"), handed_over=Count("pk", filter=~Q(reason="")), rated=Count("rating"),
        average=Avg("rating"),
    )  # fmt: skip
    said = Message.objects.filter(created_at__gte=begin, created_at__lt=end).aggregate(
        answered=Count("pk", filter=Q(outcome="answered")),
        asked_back=Count("pk", filter=Q(outcome="clarified")),
        abstained=Count("pk", filter=Q(outcome="abstained")),
        not_helpful=Count("pk", filter=Q(helpful=-1)),
        helpful=Count("pk", filter=Q(helpful=1)),  # its name stands for the sum from here on
    )
    return Period(**talks, **said)


def score_bins(begin: datetime) -> list[Bin]:
    """An answer is right that helped, and wrong that did not or was corrected by an agent."""
    answers = Message.objects.filter(created_at__gte=begin, outcome="answered", score__isnull=False)
    wrong = Q(helpful=-1) | ~Q(correction="")
    edges = list(pairwise(BINS))
    counts = answers.aggregate(
        **{
            f"{name}_{number}": Count("pk", filter=Q(score__gte=low, score__lt=high) & condition)
            for number, (low, high) in enumerate(edges)
            for name, condition in (("all", Q()), ("right", Q(helpful=1, correction="")), ("wrong", wrong))
        }
    )
    return [
        Bin(
            low, min(high, 1.0), counts[f"all_{number}"],
            counts[f"right_{number}"] + counts[f"wrong_{number}"], counts[f"right_{number}"],
        )
        for number, (low, high) in enumerate(edges)
    ]  # fmt: skip


def risk_coverage(bins: list[Bin]) -> list[Risk]:
    total = sum(each.count for each in bins)
    rows = []
    for number, each in enumerate(bins):
        kept = bins[number:]
        judged, right = sum(part.judged for part in kept), sum(part.right for part in kept)
        coverage = sum(part.count for part in kept) / total if total else 0.0
        rows.append(Risk(each.low, coverage, 1 - right / judged if judged >= FEWEST else None))
    return rows


def counted(choices: type, rows: object, field: str) -> list[tuple[str, int]]:
    """How many rows hold each value, by its label, the most first."""
    found = rows.exclude(**{field: ""}).values_list(field).annotate(count=Count("pk")).order_by("-count")  # type: ignore[attr-defined]
    return [(str(choices(value).label), count) for value, count in found]
