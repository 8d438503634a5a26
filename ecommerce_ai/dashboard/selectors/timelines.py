"""What happened to one customer, newest first, from every table that tells of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from operator import attrgetter

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.formats import money
from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.shop.models import Customer, CustomerMerge, Event, Order, Question, Review
from marketing.models import Recipient
from profiles.models import SegmentMembership

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Happening:
    """`icon` of Material Symbols; `url` leads to the row, where the reader may open it."""

    at: datetime
    icon: str
    title: str | Promise
    detail: str = ""
    url: str = ""


Source = Callable[[Customer, datetime, int], Iterable[Happening]]


def timeline(customer: Customer, *, reader: Reader, before: datetime, limit: int) -> list[Happening]:
    """The last `limit` things before a time, of the kinds that this reader may see."""
    told = [source for permission, source in SOURCES if reader.has_perm(permission)]
    return nlargest(
        limit,
        (happening for source in told for happening in source(customer, before, limit)),
        key=attrgetter("at"),
    )


def orders(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    for order in Order.objects.filter(customer=customer, placed_at__lt=before).order_by("-placed_at")[:limit]:
        is_sale = order.kind == Order.Kind.SALE
        yield Happening(
            order.placed_at,
            "receipt_long" if is_sale else "undo",
            (_("Order %(number)s") if is_sale else _("Cancellation %(number)s")) % {"number": order.number},
            f"{money(order.total, order.currency)} · {order.get_status_display()}",
            reverse("admin:shop_order_change", args=[order.pk]),
        )


def events(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    """Visits, unless the customer does not want statistics; purchases are told as orders."""
    if not is_allowed(customer, Purpose.ANALYTICS):
        return
    seen = Event.objects.filter(customer=customer, occurred_at__lt=before).exclude(name=Event.Name.PURCHASE)
    for event in seen.select_related("product").order_by("-occurred_at")[:limit]:
        title = event.product.local_title if event.product else event.search_term
        yield Happening(event.occurred_at, "visibility", event.get_name_display(), title)


def reviews(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    rows = Review.objects.filter(customer=customer, created_at__lt=before).select_related("product")
    for review in rows.order_by("-created_at")[:limit]:
        yield Happening(
            review.created_at,
            "reviews",
            _("Reviewed %(product)s") % {"product": review.product.local_title},
            f"{'★' * review.rating} {review.title or review.body[:80]}",
            reverse("admin:shop_review_change", args=[review.pk]),
        )


def questions(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    rows = Question.objects.filter(customer=customer, created_at__lt=before).select_related("product")
    for question in rows.order_by("-created_at")[:limit]:
        yield Happening(
            question.created_at,
            "contact_support",
            _("Asked about %(product)s") % {"product": question.product.local_title},
            question.body[:120],
            reverse("admin:shop_question_change", args=[question.pk]),
        )


def conversations(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    for talk in customer.conversations.filter(opened_at__lt=before).order_by("-opened_at")[:limit]:
        url = reverse("dashboard:support_conversation", args=[talk.pk])
        yield Happening(talk.opened_at, "forum", _("Asked for help"), talk.get_status_display(), url)


def consents(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    rows = ConsentChange.objects.filter(customer=customer, changed_at__lt=before)
    for change in rows.order_by("-changed_at")[:limit]:
        purpose = Purpose(change.purpose).label
        yield Happening(
            change.changed_at,
            "toggle_on" if change.is_granted else "toggle_off",
            (_("Allowed: %(purpose)s") if change.is_granted else _("Withdrawn: %(purpose)s"))
            % {"purpose": purpose},
            change.get_source_display(),
        )


def letters(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    """What campaigns sent or showed, and whether the customer came by it."""
    sent = Recipient.objects.filter(customer=customer, status=Recipient.Status.SENT, sent_at__lt=before)
    for place in sent.select_related("campaign").order_by("-sent_at")[:limit]:
        yield Happening(
            place.sent_at or place.due_at,
            "campaign",
            _("Got “%(campaign)s”") % {"campaign": place.campaign.name},
            _("Followed its link") if place.clicked_at else "",
            reverse("dashboard:campaign", args=[place.campaign_id]),
        )


def merges(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    for merge in CustomerMerge.objects.filter(target=customer, merged_at__lt=before)[:limit]:
        yield Happening(merge.merged_at, "merge", _("A visit before the log-in was added"), merge.reason)


def memberships(customer: Customer, before: datetime, limit: int) -> Iterable[Happening]:
    """Segments entered and left; nothing where the customer does not let the shop personalise."""
    if not is_allowed(customer, Purpose.PERSONALISATION):
        return
    rows = SegmentMembership.objects.filter(Q(entered_at__lt=before), customer=customer)
    for row in rows.select_related("segment__category").order_by("-entered_at")[:limit]:
        name = {"name": row.segment.shown_name}
        url = reverse("dashboard:segment", args=[row.segment_id])
        yield Happening(row.entered_at, "group_add", _("Entered the segment %(name)s") % name, url=url)
        if row.left_at and row.left_at < before:
            yield Happening(row.left_at, "group_remove", _("Left the segment %(name)s") % name, url=url)


SOURCES: list[tuple[str, Source]] = [
    ("shop.view_order", orders),
    ("shop.view_event", events),
    ("shop.view_review", reviews),
    ("shop.view_question", questions),
    ("support.view_conversation", conversations),
    ("privacy.view_consentchange", consents),
    ("marketing.view_recipient", letters),
    ("shop.view_customermerge", merges),
    ("profiles.view_segmentmembership", memberships),
]
