from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from ecommerce_ai.api.models import ApiKey
from ecommerce_ai.api.services import create_key, revoke_key
from ecommerce_ai.office.lists import OfficeAdmin


class NewKeyForm(forms.ModelForm):  # type: ignore[type-arg]
    scopes = forms.MultipleChoiceField(
        label=_("May"), choices=ApiKey.Scope, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes")


@admin.register(ApiKey)
class ApiKeyAdmin(OfficeAdmin):
    """A key is made, shown once, and withdrawn; never changed."""

    form = NewKeyForm
    list_display = ("name", "shown_scopes", "prefix", "created_at", "last_used_at", "is_valid")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "prefix")
    ordering = ("-created_at",)
    actions = ("revoke",)

    @display(description=_("may"))
    def shown_scopes(self, key: ApiKey) -> str:
        return ", ".join(str(ApiKey.Scope(scope).label) for scope in key.scopes)

    @display(description=_("valid"), boolean=True)
    def is_valid(self, key: ApiKey) -> bool:
        return key.revoked_at is None

    @action(description=_("Withdraw the chosen keys"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        for key in queryset:
            revoke_key(key)
        messages.success(request, gettext("The keys open nothing any more."))

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:  # noqa: FBT001
        key, secret = create_key(obj.name, scopes=obj.scopes)
        obj.pk = key.pk
        text = gettext("Copy the key now, it is not shown again: %(key)s") % {"key": secret}
        messages.warning(request, text)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        shown = ("name", "shown_scopes", "prefix", "created_at", "last_used_at", "revoked_at")
        return (*super().get_readonly_fields(request, obj), *(shown if obj else ()))

    def get_fieldsets(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        facts = ("name", "shown_scopes", "prefix", "created_at", "last_used_at", "revoked_at")
        return [(None, {"fields": facts if obj else ("name", "scopes")})]

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False
