from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.lists import OfficeAdmin
from support.models import Article, ArticleVersion
from support.services.articles import publish_article, save_article

STATUS_COLOURS = {
    Article.Status.DRAFT: "info",
    Article.Status.REVIEW: "warning",
    Article.Status.LIVE: "success",
    Article.Status.RETIRED: "danger",
}


class VersionInline(TabularInline):
    """Every text it had, the last first."""

    model = ArticleVersion
    fields = ("number", "title", "beginning", "changed_by", "changed_at")
    readonly_fields = fields
    extra = 0
    per_page = 10
    hide_title = True
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        return super().get_queryset(request).select_related("changed_by")  # type: ignore[no-any-return]

    @display(description=_("text"))
    def beginning(self, version: ArticleVersion) -> SafeString:
        return format_html('<div class="office-json">{}</div>', version.body)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(OfficeAdmin):
    list_display = ("title", "language", "topic", "kind", "state", "audience", "version", "updated_at")
    list_filter = ("status", "language", "kind", "audience")
    search_fields = ("title", "body", "=key")
    ordering = ("-updated_at", "-id")
    actions = ("put_live", "take_back")
    inlines = (VersionInline,)
    fieldsets = (
        (None, {"fields": ("title", "body", "status")}),
        (_("For whom and when"), {"fields": ("language", "audience", "valid_from", "valid_until")}),
        (_("Where it stands"), {"fields": ("key", "kind", "topic")}),
    )

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, article: Article) -> tuple[str, str]:
        return article.status, article.get_status_display()

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        save_article(obj, by=request.user if isinstance(request.user, User) else None)

    @action(description=_("Put live"), permissions=["change"])
    def put_live(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            publish_article(article, by=request.user if isinstance(request.user, User) else None)

    @action(description=_("Take back"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            article.status = Article.Status.RETIRED
            save_article(article)
