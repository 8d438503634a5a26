from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ecommerce_ai.accounts.roles import ROLES, permission_names


@transaction.atomic
def sync_roles() -> None:
    """Make the groups hold exactly what `roles.ROLES` says. Run it as often as you like.

    Raises LookupError for a model that no app has; permissions still to be migrated are left for then.
    """
    by_name = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, grants in ROLES.items():
        check_models(grants)
        group, _ = Group.objects.get_or_create(name=role)
        granted = [by_name[name] for name in permission_names(grants) if name in by_name]
        group.permissions.set(granted)


def check_models(grants: list[str]) -> None:
    for grant in grants:
        apps.get_model(grant.partition(" ")[2])
