"""Approved texts that wait or go out are true now as well: what became false is not sent any more."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketing.ml.copy_checks import Checked, Fault, check_as_is
from marketing.ml.writing.channels import in_order
from marketing.models import CopyRule, Variant
from marketing.models.campaigns import Campaign
from marketing.selectors.product_facts import known_facts
from marketing.selectors.words import FAULTS, word
from marketing.services.approving import withdraw_variant
from marketing.services.checking import wanted_of

FORBIDDEN = (*CopyRule.Kind.values, "personal")
OPEN = ("draft", "scheduled", "sending", "paused")


def recheck_texts() -> int:
    """Withdraws those of open campaigns that facts, prices or rules no longer let stand; says how many."""
    open_ones = Campaign.objects.filter(status__in=OPEN).values("variant__brief")
    return sum(withdraw_if_false(variant) for variant in to_check().filter(brief__in=open_ones))


def recheck_texts_of(campaign: Campaign) -> int:
    """The same for one campaign, in every language that it goes out in."""
    mine = to_check().filter(brief=campaign.variant.brief_id, channel=campaign.variant.channel)
    return sum(withdraw_if_false(variant) for variant in mine)


def to_check() -> QuerySet[Variant]:
    return Variant.objects.in_use().select_related("product__category", "brief__offer", "brief__customer")


def withdraw_if_false(variant: Variant) -> bool:
    faults = faults_now(variant)
    if not faults:
        return False
    why = "; ".join(f"{word(FAULTS, each.code)}: {each.detail}" for each in faults)
    return withdraw_variant(variant, comment=_("Not true any more: %(why)s") % {"why": why})


def faults_now(variant: Variant) -> list[Fault]:
    """By the facts of now; without a product there are none, but words that must not stand."""
    faults = checked_again(variant).faults
    return faults if variant.product else [each for each in faults if each.code in FORBIDDEN]


def checked_again(variant: Variant) -> Checked:
    """By the facts of now; that it is like itself is no fault."""
    brief = variant.brief
    wanted = replace(wanted_of(brief, variant.language), earlier=())
    if variant.product is not None:
        known = known_facts([variant.product], variant.language, offer=brief.offer, services=brief.must_say)
        wanted = replace(wanted, product=known[variant.product.pk].facts)
    return check_as_is(in_order(variant.parts, variant.channel), wanted)
