"""What is done about what shoppers want, as merchants set it."""

from support.models import Intent
from support.selectors.recent import LOOK_EVERY_S, Recent


def read_actions() -> dict[str, str]:
    return dict(Intent.objects.filter(is_active=True).values_list("name", "action"))


actions = Recent(read_actions, every_s=LOOK_EVERY_S)


def action_of(intent: str) -> str:
    """What is done about an intent; unknown ones are looked up."""
    return actions.value().get(intent, Intent.Action.LOOK_UP)
