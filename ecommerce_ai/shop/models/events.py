import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import Product
from ecommerce_ai.shop.models.customers import Customer


class EventQuerySet(models.QuerySet["Event"]):
    def named(self, *names: str) -> Self:
        return self.filter(name__in=names)

    def since(self, time: datetime) -> Self:
        return self.filter(occurred_at__gte=time)


class Event(models.Model):
    """Something a visitor did, by GA4's names. Nothing has a foreign key to it: events may move out."""

    class Name(models.TextChoices):
        SESSION_START = "session_start", _("Came to the shop")
        PAGE_VIEW = "page_view", _("Looked at a page")
        VIEW_ITEM_LIST = "view_item_list", _("Looked at a shelf")
        SELECT_ITEM = "select_item", _("Chose a product")
        VIEW_ITEM = "view_item", _("Looked at a product")
        SEARCH = "search", _("Searched")
        VIEW_SEARCH_RESULTS = "view_search_results", _("Saw search results")
        ADD_TO_WISHLIST = "add_to_wishlist", _("Put on the wish list")
        ADD_TO_CART = "add_to_cart", _("Put in the cart")
        REMOVE_FROM_CART = "remove_from_cart", _("Took out of the cart")
        VIEW_CART = "view_cart", _("Looked at the cart")
        BEGIN_CHECKOUT = "begin_checkout", _("Began checkout")
        ADD_SHIPPING_INFO = "add_shipping_info", _("Gave an address")
        ADD_PAYMENT_INFO = "add_payment_info", _("Gave payment details")
        PURCHASE = "purchase", _("Bought")
        REFUND = "refund", _("Was refunded")
        VIEW_PROMOTION = "view_promotion", _("Saw a promotion")
        SELECT_PROMOTION = "select_promotion", _("Chose a promotion")
        SIGN_UP = "sign_up", _("Signed up")
        LOGIN = "login", _("Logged in")
        SHARE = "share", _("Shared")

    event_id = models.UUIDField(_("event id"), unique=True, default=uuid.uuid4)
    name = models.CharField(_("name"), max_length=40, choices=Name)
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    session_id = models.CharField(_("visit"), max_length=64, blank=True)
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    search_term = models.CharField(_("search term"), max_length=300, blank=True)
    properties = models.JSONField(_("properties"), default=dict, blank=True)
    occurred_at = models.DateTimeField(_("time"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-occurred_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"), name="event_currency_code"
            ),
        ]
        indexes = [
            BrinIndex(fields=["occurred_at"], name="event_time"),
            models.Index(fields=["customer", "-occurred_at"], name="event_of_customer"),
            models.Index(fields=["product", "name", "-occurred_at"], name="event_of_product"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.occurred_at:%Y-%m-%d %H:%M}"
