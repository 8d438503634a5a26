import hashlib
import secrets
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from ecommerce_ai.api.models import ApiKey
from ecommerce_ai.kept import Kept

PREFIX = "eai_"
SHOWN_CHARS = 9  # enough to tell keys apart, far too few to guess the rest
NOTED_EVERY = timedelta(minutes=1)
KEY_FIELDS = ("id", "scopes", "prefix", "last_used_at")  # in the order of the model
# Written out: it is asked often.
VALID_KEY = """
SELECT id, scopes, prefix, last_used_at FROM api_apikey WHERE key_hash = %s AND revoked_at IS NULL
"""


def hash_of(secret: str) -> str:
    """A key has 256 random bits: a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_key(name: str, *, scopes: list[str]) -> tuple[ApiKey, str]:
    """A new key: its row, and the secret that nobody can read again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name, scopes=scopes, prefix=secret[:SHOWN_CHARS], key_hash=hash_of(secret)
    )
    return key, secret


def key_of(secret: str) -> ApiKey | None:
    """The valid key behind a secret; that it was used is noted once a minute."""
    key, now = valid_keys.of(hash_of(secret)), timezone.now()
    if key and (key.last_used_at is None or now - key.last_used_at > NOTED_EVERY):
        key.last_used_at = now
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key


def read_key(key_hash: str) -> ApiKey | None:
    with connection.cursor() as cursor:
        cursor.execute(VALID_KEY, [key_hash])
        row = cursor.fetchone()
    return ApiKey.from_db(connection.alias, KEY_FIELDS, row) if row else None


valid_keys = Kept(read_key)


def revoke_key(key: ApiKey) -> None:
    """From now on the key opens nothing, in other processes after `KEPT_S`; its row stays."""
    ApiKey.objects.valid().filter(pk=key.pk).update(revoked_at=timezone.now())
    valid_keys.forget()
