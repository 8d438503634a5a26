"""Writes of the privacy room: consent, copies, erasure."""

from ecommerce_ai.privacy.services.consents import change_consent
from ecommerce_ai.privacy.services.erasures import (
    ErasureRefused,
    confirm_erasure,
    request_erasure,
    withdraw_erasure,
)
from ecommerce_ai.privacy.services.exporting import start_export
from ecommerce_ai.privacy.services.proofs import (
    prove_by_code,
    prove_by_cookie,
    prove_by_password,
    send_proof_code,
)

__all__ = [
    "ErasureRefused",
    "change_consent",
    "confirm_erasure",
    "prove_by_code",
    "prove_by_cookie",
    "prove_by_password",
    "request_erasure",
    "send_proof_code",
    "start_export",
    "withdraw_erasure",
]
