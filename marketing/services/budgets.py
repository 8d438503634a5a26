"""What a writer that costs money may spend. A call is paid for before it is made, so no crowd overspends."""

from datetime import timedelta
from decimal import ROUND_UP, Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from marketing.models import Brief, WriterBudget, WriterCall

CENT = Decimal("0.000001")
MILLION = Decimal(1_000_000)
LOST_AFTER = timedelta(hours=1)


def budget_of_now() -> WriterBudget:
    """This month's; its cap begins as the settings have it, and a merchant may change it."""
    month = timezone.localdate().replace(day=1)
    told = settings.COPY_SERVER
    defaults = {"cap": Decimal(told["monthly_cap"]), "currency": told["currency"]}
    return WriterBudget.objects.get_or_create(month=month, defaults=defaults)[0]


def cost_of(tokens_in: int, tokens_out: int) -> Decimal:
    told = settings.COPY_SERVER
    cost = Decimal(told["price_in"]) * tokens_in + Decimal(told["price_out"]) * tokens_out
    return (cost / MILLION).quantize(CENT, ROUND_UP)


def reserve_call(brief: Brief, *, tokens_in: int, tokens_out: int) -> WriterCall | None:
    """A call at its highest cost; None where the month has no room for it."""
    settle_lost_calls()
    budget, most = budget_of_now(), cost_of(tokens_in, tokens_out)
    with transaction.atomic():
        room = WriterBudget.objects.filter(pk=budget.pk, cap__gte=F("reserved") + F("spent") + most)
        if not room.update(reserved=F("reserved") + most):
            return None
        return WriterCall.objects.create(
            budget=budget, brief=brief, model=settings.COPY_SERVER["model"][:200], reserved=most
        )


@transaction.atomic
def settle_call(call: WriterCall, *, tokens_in: int = 0, tokens_out: int = 0, error: str = "") -> None:
    """What it cost in the end, never over what was reserved, whatever the server says it counted.

    Of an answer that never came nobody knows: it counts as its highest cost.
    """
    held = WriterCall.objects.select_for_update().get(pk=call.pk)
    if held.status != WriterCall.Status.OPEN:
        return
    is_known = bool(tokens_in or tokens_out)
    held.cost = min(cost_of(tokens_in, tokens_out), held.reserved) if is_known else held.reserved
    held.status = WriterCall.Status.FAILED if error else WriterCall.Status.DONE
    held.tokens_in, held.tokens_out, held.error = tokens_in, tokens_out, error[:300]
    held.save()
    WriterBudget.objects.filter(pk=held.budget_id).update(
        reserved=F("reserved") - held.reserved, spent=F("spent") + held.cost
    )


@transaction.atomic
def release_call(call: WriterCall, *, error: str) -> None:
    """It never reached the server: it cost nothing."""
    held = WriterCall.objects.select_for_update().get(pk=call.pk)
    if held.status != WriterCall.Status.OPEN:
        return
    held.status, held.error = WriterCall.Status.FAILED, error[:300]
    held.save(update_fields=["status", "error"])
    WriterBudget.objects.filter(pk=held.budget_id).update(reserved=F("reserved") - held.reserved)


def settle_lost_calls() -> None:
    """Those whose worker died."""
    open_ones = WriterCall.objects.filter(status=WriterCall.Status.OPEN)
    for call in open_ones.filter(at__lt=timezone.now() - LOST_AFTER):
        settle_call(call, error="lost")
