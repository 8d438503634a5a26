from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.lists import OfficeAdmin

admin.site.unregister(Group)


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin, OfficeAdmin):  # type: ignore[type-arg, misc]
    form = UserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("email", "first_name", "last_name", "roles", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "password", "first_name", "last_name")}),
        (_("What they may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(str(_(group.name)) for group in user.groups.all())


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, OfficeAdmin):  # type: ignore[misc]
    """Roles: their permissions come from `accounts.roles` and are put back with every migration."""

    list_display = ("role",)
    filter_horizontal = ()
    autocomplete_fields = ()
    readonly_fields = ("name", "granted")
    fieldsets = ((None, {"fields": ("name", "granted")}),)

    @display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return str(_(group.name))

    @display(description=_("permissions"))
    def granted(self, group: Group) -> list[str]:
        return sorted(str(permission) for permission in group.permissions.select_related("content_type"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
