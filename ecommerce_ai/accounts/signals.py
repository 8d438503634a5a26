from typing import Any

from django.apps import AppConfig, apps

from ecommerce_ai.accounts.services import sync_roles


def grant_roles(sender: AppConfig, **_kwargs: Any) -> None:
    """After the last app's migrations, when every permission exists, give the roles theirs."""
    if sender.label == list(apps.get_app_configs())[-1].label:
        sync_roles()
