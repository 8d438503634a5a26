import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from ecommerce_ai.accounts import roles
from ecommerce_ai.accounts.roles import permission_names
from ecommerce_ai.accounts.services import sync_roles
from ecommerce_ai.accounts.signals import grant_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def granted(role: str) -> set[tuple[str, str]]:
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    return {(permission.content_type.app_label, permission.codename) for permission in permissions}


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_migrations_leave_each_role_with_what_the_table_says(role: str) -> None:
    assert granted(role) == set(permission_names(roles.ROLES[role]))


def test_a_second_run_changes_nothing() -> None:
    before = {role: granted(role) for role in roles.ROLES}
    sync_roles()
    assert {role: granted(role) for role in roles.ROLES} == before
    assert Group.objects.count() == len(roles.ROLES)


def test_what_somebody_added_by_hand_goes_and_what_they_removed_comes_back() -> None:
    group = Group.objects.get(name=roles.ANALYST)
    group.permissions.set(Permission.objects.filter(codename="delete_product"))
    sync_roles()
    assert granted(roles.ANALYST) == set(permission_names(roles.ROLES[roles.ANALYST]))


def test_a_permission_that_is_not_migrated_yet_is_left_for_later() -> None:
    Permission.objects.filter(codename="view_event").delete()
    sync_roles()
    expected = set(permission_names(roles.ROLES[roles.ANALYST])) - {("shop", "view_event")}
    assert granted(roles.ANALYST) == expected


def test_a_model_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(roles.ROLES, roles.ANALYST, ["v shop.unicorn"])
    with pytest.raises(LookupError, match="unicorn"):
        sync_roles()
    assert ("shop", "view_product") in granted(roles.ANALYST)


def test_the_last_app_with_models_grants_the_roles() -> None:
    Group.objects.all().delete()
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    grant_roles(with_models[0])
    assert not Group.objects.exists()
    grant_roles(with_models[-1])
    assert Group.objects.count() == len(roles.ROLES)


def test_migrating_again_brings_the_roles_back() -> None:
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert {role: granted(role) for role in roles.ROLES} == {
        role: set(permission_names(grants)) for role, grants in roles.ROLES.items()
    }


def test_actions_are_spelt_out() -> None:
    assert permission_names(["vc shop.order"]) == [("shop", "view_order"), ("shop", "change_order")]


def test_an_analyst_has_nothing_of_customers() -> None:
    analyst = make_user(role=roles.ANALYST)
    assert not [name for name in analyst.get_all_permissions() if "customer" in name]
