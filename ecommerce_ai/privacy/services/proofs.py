"""Who asks to be erased proves that it is them: the password once more, or a code by e-mail."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from ecommerce_ai.privacy.models import ErasureRequest

CODE_VALID_S = 15 * 60
MAX_TRIES = 5
Proof = ErasureRequest.Proof


def prove_by_password(request: ErasureRequest, password: str) -> bool:
    """Whether the log-in's password is right; it is tried at most five times in a quarter of an hour."""
    user = request.customer.user if request.customer else None
    if user is None or not may_try(request):
        return False
    return user.check_password(password) and prove(request, Proof.PASSWORD)


def send_proof_code(request: ErasureRequest) -> bool:
    """Send six digits to the customer's own address; False where we know none."""
    address = request.customer.email if request.customer else ""
    if not address:
        return False
    code = f"{secrets.randbelow(10**6):06}"
    cache.set(code_key(request), make_password(code), CODE_VALID_S)
    text = _("Your code is %(code)s. It is valid for 15 minutes. If you did not ask for it, do nothing.")
    send_mail(
        _("Your code for %(shop)s") % {"shop": settings.SHOP_NAME},
        text % {"code": code},
        None,
        [address],
    )
    return True


def prove_by_code(request: ErasureRequest, code: str) -> bool:
    """Whether it is the code that was sent; it is gone after it was used."""
    sent = cache.get(code_key(request))
    if not sent or not may_try(request) or not check_password(code.strip(), sent):
        return False
    cache.delete(code_key(request))
    return prove(request, Proof.CODE)


def prove_by_cookie(request: ErasureRequest) -> bool:
    """For visitors without a log-in: the signed cookie of the browser is all that we know them by."""
    customer = request.customer
    if customer is None or customer.user_id or customer.email or customer.external_id:
        return False
    return prove(request, Proof.COOKIE)


def prove(request: ErasureRequest, proof: str) -> bool:
    request.proved_by = ErasureRequest.Proof(proof)
    request.save(update_fields=["proved_by"])
    return True


def may_try(request: ErasureRequest) -> bool:
    key = f"erasure:tries:{request.pk}"
    cache.add(key, 0, CODE_VALID_S)
    return int(cache.incr(key)) <= MAX_TRIES


def code_key(request: ErasureRequest) -> str:
    return f"erasure:code:{request.pk}"
