from typing import Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex, VectorField

from ecommerce_ai.shop.models import Product

DIMENSIONS = 384


class ProductVectorQuerySet(models.QuerySet["ProductVector"]):
    def buyable(self) -> Self:
        """Of products that are live and in stock; unknown stock counts as in stock."""
        return self.filter(Q(product__stock__isnull=True) | Q(product__stock__gt=0), product__is_live=True)


class ShelfVector(models.Model):
    """What the words of a shelf mean; products whose shelf reads the same share one."""

    text = models.CharField(_("words"), max_length=1000)
    encoder = models.CharField(_("encoder"), max_length=200)
    embedding = VectorField(dimensions=DIMENSIONS)

    class Meta:
        verbose_name = _("shelf vector")
        verbose_name_plural = _("shelf vectors")
        constraints = [models.UniqueConstraint(fields=["text", "encoder"], name="shelfvector_once")]

    def __str__(self) -> str:
        return self.text


class ProductVector(models.Model):
    """What a product means, as the encoder sees its text and its shelf. Exactly one for each live product.

    `embedding` is the unit vector of the sum of both; `agreement` is their cosine, so that each part's own
    cosine with a query can be told from the two rows.
    """

    product = models.OneToOneField(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    embedding = VectorField(dimensions=DIMENSIONS)
    shelf = models.ForeignKey(
        ShelfVector, verbose_name=_("shelf"), null=True, on_delete=models.PROTECT, related_name="products"
    )
    agreement = models.FloatField(_("agreement with the shelf"), default=0.0)
    encoder = models.CharField(_("encoder"), max_length=200)
    content_hash = models.CharField(_("hash of encoder and text"), max_length=32)
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False, db_index=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ProductVectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("product vector")
        verbose_name_plural = _("product vectors")
        indexes = [
            HnswIndex(
                OpClass(Cast("embedding", HalfVectorField(dimensions=DIMENSIONS)), "halfvec_cosine_ops"),
                name="productvector_near_half",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.encoder}"
