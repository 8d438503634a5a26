from typing import Any

from django.apps import AppConfig, apps

from ecommerce_ai.accounts.services import sync_roles


def grant_roles(sender: AppConfig, **_kwargs: Any) -> None:
    """After the last app's migrations, when every permission exists, give the roles theirs."""
    # Django sends the signal for apps with models only.
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if sender.label == with_models[-1].label:
        sync_roles()
