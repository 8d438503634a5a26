"""Approved texts that wait or go out are true now as well: what became false is not sent any more."""

from dataclasses import replace

from django.utils.translation import gettext as _

from marketing.ml.copy_checks import Checked, check_as_is
from marketing.ml.writing.channels import in_order
from marketing.models import Variant
from marketing.models.campaigns import Campaign
from marketing.selectors.product_facts import known_facts
from marketing.selectors.words import FAULTS, word
from marketing.services.approving import withdraw_variant
from marketing.services.checking import wanted_of

OPEN = ("draft", "scheduled", "sending", "paused")


def recheck_texts() -> int:
    """Withdraws those of open campaigns that facts, prices or rules no longer let stand; says how many."""
    open_ones = Campaign.objects.filter(status__in=OPEN).values("variant")
    rows = Variant.objects.in_use().filter(pk__in=open_ones, product__isnull=False)
    found = rows.select_related("product__category", "brief__offer", "brief__customer")
    return sum(withdraw_if_false(variant) for variant in found)


def withdraw_if_false(variant: Variant) -> bool:
    checked = checked_again(variant)
    if not checked.is_refused:
        return False
    why = "; ".join(f"{word(FAULTS, each.code)}: {each.detail}" for each in checked.faults)
    return withdraw_variant(variant, comment=_("Not true any more: %(why)s") % {"why": why})


def checked_again(variant: Variant) -> Checked:
    """By the facts of now; that it is like itself is no fault."""
    brief = variant.brief
    wanted = replace(wanted_of(brief, variant.language), earlier=())
    if variant.product is not None:
        known = known_facts([variant.product], variant.language, offer=brief.offer, services=brief.must_say)
        wanted = replace(wanted, product=known[variant.product.pk].facts)
    return check_as_is(in_order(variant.parts, variant.channel), wanted)
