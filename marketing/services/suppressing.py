from marketing.models import Suppression


def suppress(channel: str, address_hash: str, cause: str) -> bool:
    """Nothing is sent to this address any more; whether that is new."""
    _row, is_new = Suppression.objects.get_or_create(
        channel=channel, address_hash=address_hash, defaults={"cause": cause}
    )
    return is_new
