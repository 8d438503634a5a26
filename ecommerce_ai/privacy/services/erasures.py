"""A request to be forgotten: preview, proof, yes, execution, receipt. Each step may be repeated."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import stores
from ecommerce_ai.jobs.progress import JobError, Progress
from ecommerce_ai.jobs.services import start_job
from ecommerce_ai.privacy.models import ErasureRequest
from ecommerce_ai.privacy.selectors.holdings import holdings
from ecommerce_ai.privacy.selectors.subjects import subject_of
from ecommerce_ai.privacy.services.erasing import erase_everywhere
from ecommerce_ai.shop.models import Customer

TASK = "ecommerce_ai.privacy.tasks.erase_customer"
Status = ErasureRequest.Status


class ErasureRefused(Exception):
    """This cannot be erased, or not yet; the message is for the person who asks."""


@transaction.atomic
def request_erasure(customer: Customer, *, source: str) -> ErasureRequest:
    """A request with a preview of what is where; the one in flight where there is one.

    Raises ErasureRefused for members of staff: their account is needed for what they did in the office.
    """
    person = Customer.objects.select_for_update().get(pk=customer.merged_into_id or customer.pk)
    subject = subject_of(person)
    if User.objects.filter(pk__in=subject.user_ids, is_staff=True).exists():
        raise ErasureRefused(
            _("A member of staff cannot be erased. An administrator closes the account first.")
        )
    open_one = ErasureRequest.objects.in_flight().filter(customer__in=subject.customer_ids).first()
    if open_one:
        return open_one
    found = holdings(subject, is_thorough=False)  # somebody waits for the page
    preview = [{"store": store, "count": count} for store, count in found.items() if count]
    return ErasureRequest.objects.create(
        customer=person, source=ErasureRequest.Source(source), preview=preview
    )


def withdraw_erasure(request: ErasureRequest) -> bool:
    """Call it off; only before it was confirmed. True where that was in time."""
    waiting = ErasureRequest.objects.filter(pk=request.pk, status=Status.PREVIEWED)
    return bool(waiting.update(status=Status.WITHDRAWN, finished_at=timezone.now()))


@transaction.atomic
def confirm_erasure(request: ErasureRequest) -> ErasureRequest:
    """The last yes: the erasure is queued. Raises ErasureRefused without proof of who asks."""
    locked = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if locked.status not in (Status.PREVIEWED, Status.INCOMPLETE):
        return locked
    if not locked.proved_by:
        raise ErasureRefused(_("Show first that it is you."))
    locked.status, locked.confirmed_at = Status.CONFIRMED, timezone.now()
    locked.job = start_job(TASK, title=_("Erasure of a customer"), arguments={"erasure": str(locked.pk)})
    locked.save(update_fields=["status", "confirmed_at", "job"])
    return locked


def perform_erasure(progress: Progress, *, erasure: str) -> dict[str, Any]:
    """Execute a confirmed request and keep its receipt; one that is finished stays as it is.

    Raises JobError where something is left: the request says what, and may be confirmed again.
    """
    request = ErasureRequest.objects.get(pk=uuid.UUID(erasure))
    if request.status != Status.CONFIRMED or request.customer is None:
        return {"erased": 0}
    subject = subject_of(request.customer)
    before = holdings(subject)
    erase_everywhere(subject, progress)
    receipt = receipt_of(before, holdings(subject))
    is_clean = not any(line["after"] for line in receipt)
    ErasureRequest.objects.filter(pk=request.pk).update(
        status=Status.DONE if is_clean else Status.INCOMPLETE, receipt=receipt, finished_at=timezone.now()
    )
    if not is_clean:
        raise JobError(_("Something is left; the receipt names the stores."))
    return {"erased": sum(before.values())}


def receipt_of(before: dict[str, int], after: dict[str, int]) -> list[dict[str, Any]]:
    """A line for each store, also for those that held nothing: what was looked at counts as well."""
    return [
        {
            "store": name,
            "before": count,
            "after": after.get(name, 0),
            "note": stores[name].note() if name in stores else "",
        }
        for name, count in before.items()
    ]
