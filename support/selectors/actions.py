"""What is done about what shoppers want, as merchants set it."""

from ecommerce_ai.kept import Kept
from support.models import Intent


def read_actions(_of: str) -> dict[str, str]:
    return dict(Intent.objects.filter(is_active=True).values_list("name", "action"))


actions_now = Kept(read_actions)


def action_of(intent: str) -> str:
    """What is done about an intent; unknown ones are looked up."""
    return (actions_now.of("shop") or {}).get(intent, Intent.Action.LOOK_UP)
