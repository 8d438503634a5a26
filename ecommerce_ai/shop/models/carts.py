from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import Product
from ecommerce_ai.shop.models.customers import Customer


class Cart(models.Model):
    """What a customer means to buy now. There is one; an order empties it."""

    customer = models.OneToOneField(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="cart"
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return str(self.customer)


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, verbose_name=_("cart"), on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="cart_lines"
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="cartline_product_once"),
            models.CheckConstraint(condition=Q(quantity__range=(1, 999)), name="cartline_quantity_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product}"
