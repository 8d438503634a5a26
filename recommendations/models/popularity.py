from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Product


class PopularProduct(models.Model):
    """How a product did in the last days that saw any trade, best first."""

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="popularity"
    )
    window_days = models.PositiveSmallIntegerField(_("days"))
    rank = models.PositiveIntegerField(_("rank"))
    score = models.FloatField(_("score"))
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("popular product")
        verbose_name_plural = _("popular products")
        ordering = ["window_days", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["window_days", "product"], name="popular_product_once"),
            models.UniqueConstraint(fields=["window_days", "rank"], name="popular_rank_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="popular_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.product_id}"
