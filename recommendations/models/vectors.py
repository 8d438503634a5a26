from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgvector.django import HnswIndex, VectorField

from ecommerce_ai.shop.models import Product

DIMENSIONS = 384


class ProductVectorQuerySet(models.QuerySet["ProductVector"]):
    def buyable(self) -> Self:
        """Of products that are live and in stock; unknown stock counts as in stock."""
        return self.filter(Q(product__stock__isnull=True) | Q(product__stock__gt=0), product__is_live=True)


class ProductVector(models.Model):
    """What a product means, as the encoder sees its text. Exactly one for each live product."""

    product = models.OneToOneField(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    embedding = VectorField(dimensions=DIMENSIONS)
    encoder = models.CharField(_("encoder"), max_length=200)
    content_hash = models.CharField(_("hash of encoder and text"), max_length=32)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ProductVectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("product vector")
        verbose_name_plural = _("product vectors")
        indexes = [
            HnswIndex(fields=["embedding"], name="productvector_near", opclasses=["vector_cosine_ops"])
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.encoder}"
