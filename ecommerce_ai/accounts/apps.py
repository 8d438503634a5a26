from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "ecommerce_ai.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from ecommerce_ai.accounts.signals import grant_roles

        post_migrate.connect(grant_roles, dispatch_uid="accounts.grant_roles")
