from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ecommerce_ai.accounts.roles import ROLES, permission_names


@transaction.atomic
def sync_roles() -> None:
    """Make the groups hold exactly what `roles.ROLES` says; raises LookupError for an unknown permission."""
    by_name = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, grants in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([by_name[name] for name in permission_names(grants)])
