"""What the pages of campaigns show, in a fixed number of queries."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Customer
from marketing.models import Campaign, CampaignChange, Reason, Recipient, Variant
from marketing.selectors import Text, texts_for
from marketing.selectors.campaign_plans import Plan, plan_of
from marketing.selectors.campaign_results import Results, results_of
from marketing.services.transports import transport_for

SAMPLES = 3
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """A campaign on one day. `is_first`: the day on which a list of the month names it."""

    campaign: Campaign
    is_first: bool


@dataclass(frozen=True)
class Day:
    """A day of the calendar with the campaigns that run on it."""

    date: date
    is_of_month: bool
    is_today: bool
    entries: list[Entry]

    @property
    def is_listed(self) -> bool:
        return any(entry.is_first for entry in self.entries)


@dataclass(frozen=True)
class Month:
    first: date
    before: str
    after: str
    days: list[Day]

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for day in self.days if day.is_of_month)


@dataclass(frozen=True)
class Sample:
    """What one person of the audience would get."""

    customer: Customer
    text: Text
    due_at: datetime


@dataclass(frozen=True)
class DryRun:
    """What would happen now. `samples` are for readers who may see customers."""

    plan: Plan
    excluded: list[tuple[str, int]]
    samples: list[Sample]


@dataclass(frozen=True)
class CampaignPage:
    """`results` are there once the audience was drawn."""

    campaign: Campaign
    texts: list[Variant]
    changes: list[CampaignChange]
    results: Results | None
    left_out: list[tuple[str, int]]
    job: JobRun | None

    @property
    def done(self) -> int:
        """How many of those who are to be written to are through."""
        if self.results is None:
            return 0
        funnel = self.results.funnel
        return self.total - funnel.waiting

    @property
    def total(self) -> int:
        return self.results.funnel.people - self.results.funnel.held_out if self.results else 0

    @property
    def is_only_logged(self) -> bool:
        """No provider is set up for the channel: nobody gets anything."""
        channel = self.campaign.channel
        return self.campaign.is_message and not transport_for(channel).reaches_people

    @property
    def is_moving(self) -> bool:
        return bool(self.job and not self.job.is_finished)


def campaigns_listed() -> QuerySet[Campaign]:
    """Every campaign with what it reached, the next or newest first."""
    sent = Count("recipients", Q(recipients__status=Recipient.Status.SENT))
    rows = Campaign.objects.select_related("variant", "segment__category").annotate(sent=sent)
    return rows.order_by("-starts_at", "-pk")


def campaign_page(campaign: Campaign) -> CampaignPage:
    now = timezone.now()
    results = results_of(campaign, at=now) if campaign.planned_at else None
    texts = Variant.objects.in_use().filter(brief=campaign.variant.brief_id, channel=campaign.variant.channel)
    return CampaignPage(
        campaign=campaign,
        texts=[campaign.variant, *latest_in_other_languages(campaign.variant, texts)],
        changes=list(campaign.changes.select_related("by").order_by("-id")),
        results=results,
        left_out=in_words(results.left_out) if results else [],
        job=campaign.job,
    )


def latest_in_other_languages(variant: Variant, texts: QuerySet[Variant]) -> Iterable[Variant]:
    others = texts.exclude(language=variant.language).order_by("language", "-approved_at", "-id")
    return others.distinct("language")


def dry_run(campaign: Campaign, *, with_samples: bool) -> DryRun:
    """Counts of now; nothing is written and nothing sent."""
    plan = plan_of(campaign, at=timezone.now())
    return DryRun(plan, in_words(plan.excluded), samples_of(campaign, plan) if with_samples else [])


def samples_of(campaign: Campaign, plan: Plan) -> list[Sample]:
    places = {place.customer_id: place for place in plan.written_to[:SAMPLES]}
    customers = list(Customer.objects.filter(pk__in=places).order_by("pk"))
    languages = {customer: places[customer.pk].language for customer in customers}
    texts = texts_for(campaign.variant, languages)
    return [Sample(each, texts[each.pk], places[each.pk].due_at) for each in customers]


def in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Reasons in the reader's language with how many they are, the most first."""
    told = [(str(Reason(reason).label), count) for reason, count in counts.items()]
    return sorted(told, key=lambda each: (-each[1], each[0]))


def month_of(day: date) -> Month:
    """The weeks of a month, from Monday to Sunday, with what runs on each day."""
    weeks = calendar.Calendar().monthdatescalendar(day.year, day.month)
    dates = [each for week in weeks for each in week]
    first, last = moment(dates[0]), moment(dates[-1] + DAY)
    running = list(
        Campaign.objects.between(first, last).select_related("variant").order_by("starts_at", "pk")
    )
    today = timezone.localdate()
    begin = day.replace(day=1)
    return Month(
        first=begin,
        before=f"{begin - DAY:%Y-%m}",
        after=f"{begin.replace(day=28) + 4 * DAY:%Y-%m}",
        days=[Day(each, each.month == day.month, each == today, on_day(running, each)) for each in dates],
    )


def on_day(campaigns: Iterable[Campaign], day: date) -> list[Entry]:
    first, end = moment(day), moment(day + DAY)
    running = [each for each in campaigns if each.starts_at < end and each.ends_at > first]
    return [Entry(each, is_first=day.day == 1 or each.starts_at >= first) for each in running]


def moment(day: date) -> datetime:
    """When the day begins in the shop."""
    return timezone.make_aware(datetime(day.year, day.month, day.day)).astimezone(UTC)  # noqa: DTZ001
