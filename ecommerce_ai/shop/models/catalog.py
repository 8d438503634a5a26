from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CURRENCY_CODE = r"^[A-Z]{3}$"


class CategoryQuerySet(models.QuerySet["Category"]):
    def roots(self) -> Self:
        return self.filter(parent=None)

    def under(self, category: "Category") -> Self:
        """The category itself and everything below it."""
        return self.filter(Q(path=category.path) | Q(path__startswith=f"{category.path}/"))


class Category(models.Model):
    """A shelf. `path` holds the slugs from the root down ("kitchen/mugs"); its prefix names a subtree."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, allow_unicode=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(_("path"), max_length=700, unique=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    image = models.CharField(_("picture"), max_length=1000, blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(path__endswith=F("slug")), name="category_path_ends_with_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        old_path = self.path
        self.path = f"{self.parent.path}/{self.slug}" if self.parent else self.slug
        super().save(*args, **kwargs)
        if old_path and old_path != self.path:
            self.move_subtree(old_path)

    def move_subtree(self, old_path: str) -> None:
        """Give everything that lay under the old path its place under the new one."""
        below = Category.objects.filter(path__startswith=f"{old_path}/")
        below.update(path=Concat(Value(self.path), Substr("path", len(old_path) + 1)))

    @property
    def local_name(self) -> str:
        """The name in the reader's language, or as it was given."""
        return str(translated(self.translations, "name") or self.name)


class ProductQuerySet(models.QuerySet["Product"]):
    def live(self) -> Self:
        return self.filter(is_live=True)

    def in_stock(self) -> Self:
        """Unknown stock counts as in stock: many shops do not tell."""
        return self.filter(Q(stock__isnull=True) | Q(stock__gt=0))

    def buyable(self) -> Self:
        return self.live().in_stock()

    def on_shelf(self, category: Category) -> Self:
        return self.filter(
            Q(category__path=category.path) | Q(category__path__startswith=f"{category.path}/")
        )


class Product(models.Model):
    """Something the shop sells. Every change of its price leaves a PriceChange (a trigger sees to it)."""

    sku = models.CharField(_("SKU"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    brand = models.CharField(_("brand"), max_length=200, blank=True)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    stock = models.IntegerField(_("stock"), null=True, blank=True, help_text=_("Empty: not counted."))
    language = models.CharField(_("language"), max_length=10, default="en")
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    image = models.CharField(
        _("picture"),
        max_length=1000,
        blank=True,
        help_text=_("An address, or a path below the media folder."),
    )
    is_live = models.BooleanField(_("live"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY_CODE), name="product_currency_code"),
            models.CheckConstraint(
                condition=Q(stock__isnull=True) | Q(stock__gte=0), name="product_stock_not_negative"
            ),
            models.CheckConstraint(condition=~Q(sku=""), name="product_sku_given"),
            models.CheckConstraint(condition=~Q(title=""), name="product_title_given"),
        ]
        indexes = [
            models.Index(fields=["category", "-id"], name="product_shelf"),
            models.Index(fields=["-updated_at"], name="product_updated"),
            GinIndex(SearchVector("title", "brand", "description", config="english"), name="product_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def local_title(self) -> str:
        return str(translated(self.translations, "title") or self.title)

    @property
    def local_description(self) -> str:
        return str(translated(self.translations, "description") or self.description)

    @property
    def is_in_stock(self) -> bool:
        return self.stock is None or self.stock > 0

    @property
    def money(self) -> tuple[Decimal, str]:
        return self.price, self.currency


def translated(translations: dict[str, Any], field: str) -> str | None:
    """The field in the active language (`zh-hans`), its base language (`zh`), or None."""
    language = get_language() or ""
    for code in (language, language.partition("-")[0]):
        if text := translations.get(code, {}).get(field):
            return str(text)
    return None
