"""A code to the address on an order: the only other way than the log-in to see one."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import Order
from support.models import Conversation, OrderProof
from support.selectors.orders import PROOF_VALID
from support.services import phrases
from support.services.conversations import Kind, note

MAX_TRIES = 5
MAX_CODES = 5  # in one conversation


class TooManyCodes(Exception):
    """This conversation asked for enough of them."""


@transaction.atomic
def send_order_code(conversation: Conversation, number: str) -> None:
    """Ask for six digits to the address on the order of this number. Raises TooManyCodes.

    Whether there is such an order shows nowhere, in no words and in no time: either way a row is made, and a
    job (`deliver_code`) does the rest.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.proofs.count() >= MAX_CODES:
        raise TooManyCodes
    order = Order.objects.sales().exclude(email="").filter(number__iexact=number.strip()[:64]).first()
    OrderProof.objects.create(conversation=locked, order=order)
    note(locked, Kind.CODE_SENT)


def deliver_code(proof: OrderProof) -> None:
    """Make the code and mail it; where there is no such order only the hash, which costs as much to try."""
    code = f"{secrets.randbelow(10**6):06}"
    OrderProof.objects.filter(pk=proof.pk).update(code_hash=make_password(code))
    if proof.order:
        with phrases.speaking(proof.conversation.language):
            mail_code(proof.order.email, code)


def mail_code(address: str, code: str) -> None:
    text = _("Your code is %(code)s. It is valid for 30 minutes. If you did not ask for it, do nothing.")
    send_mail(
        _("Your code for %(shop)s") % {"shop": settings.SHOP_NAME}, text % {"code": code}, None, [address]
    )


def prove_order(conversation: Conversation, code: str) -> Order | None:
    """The order whose code this is; from now on this conversation may speak of it. None for a wrong code."""
    proof = conversation.proofs.filter(proved_at=None, sent_at__gte=timezone.now() - PROOF_VALID).first()
    is_right = proof is not None and may_try(proof) and check_password(code.strip()[:20], proof.code_hash)
    if proof is None or not is_right or proof.order is None:
        note(conversation, Kind.CODE_WRONG)
        return None
    OrderProof.objects.filter(pk=proof.pk).update(proved_at=timezone.now())
    note(conversation, Kind.CODE_RIGHT)
    return proof.order


def may_try(proof: OrderProof) -> bool:
    """Counted in the database before the code is compared, so that tries at once count as well."""
    return bool(OrderProof.objects.filter(pk=proof.pk, tries__lt=MAX_TRIES).update(tries=F("tries") + 1))
