from django.db import transaction
from django.forms.models import model_to_dict

from ecommerce_ai.accounts.models import User
from recommendations.models import MerchandisingRule, RuleChange


@transaction.atomic
def save_rule(rule: MerchandisingRule, *, by: User | None) -> MerchandisingRule:
    """Add or change a rule, and log what it says from now on. It holds with the next list."""
    action = RuleChange.Action.CHANGED if rule.pk else RuleChange.Action.ADDED
    rule.save()
    log_rule(rule, action=action, by=by)
    return rule


@transaction.atomic
def delete_rule(rule: MerchandisingRule, *, by: User | None) -> None:
    """Remove a rule; the log keeps what it said."""
    log_rule(rule, action=RuleChange.Action.DELETED, by=by)
    rule.delete()


def log_rule(rule: MerchandisingRule, *, action: RuleChange.Action, by: User | None) -> None:
    said = {name: as_plain(value) for name, value in model_to_dict(rule).items() if value not in ("", None)}
    RuleChange.objects.create(
        rule_name=rule.name, rule_number=rule.pk, action=action, values=said, changed_by=by
    )


def as_plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str) else str(value)
