"""What the merchant says about search: synonyms and pins, drafts until they are put live."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from recommendations.models import SearchPin, SearchWord, Synonym


class DraftAdmin(OfficeAdmin):
    """Rows that shoppers meet once they are live; until then only the preview knows them."""

    actions = ("put_live", "take_back")

    @action(description=_("Put live"), permissions=["change"])
    def put_live(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(is_live=True)

    @action(description=_("Take back to draft"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(is_live=False)


@admin.register(Synonym)
class SynonymAdmin(DraftAdmin):
    list_display = ("words", "means", "is_two_way", "is_live", "preview")
    list_filter = ("is_live", "is_two_way")
    search_fields = ("words", "means")
    ordering = ("words", "means")
    fields = ("words", "means", "is_two_way", "is_live")

    @display(description=_("preview"))
    def preview(self, synonym: Synonym) -> SafeString:
        return preview_link(synonym.words)


@admin.register(SearchPin)
class SearchPinAdmin(DraftAdmin):
    list_display = ("query", "position", "product", "is_live", "preview")
    list_select_related = ("product",)
    list_filter = ("is_live",)
    search_fields = ("query", "=product__sku", "product__title")
    ordering = ("query", "position")
    autocomplete_fields = ("product",)
    fields = ("query", "product", "position", "is_live")

    @display(description=_("preview"))
    def preview(self, pin: SearchPin) -> SafeString:
        return preview_link(pin.query)


@admin.register(SearchWord)
class SearchWordAdmin(ReadOnlyAdmin):
    list_display = ("word", "lexeme", "documents", "in_titles")
    search_fields = ("word", "lexeme")
    ordering = ("-documents", "word")
    show_full_result_count = False
    fields = ("word", "lexeme", "documents", "in_titles")


def preview_link(query: str) -> SafeString:
    address = f"{reverse('dashboard:search_preview')}?{urlencode({'q': query})}"
    return format_html('<a class="text-link" href="{}">{}</a>', address, _("See the effect"))
