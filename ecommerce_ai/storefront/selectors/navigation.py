from dataclasses import dataclass

from ecommerce_ai.kept import Kept
from ecommerce_ai.shop.models import CartLine, Category, Customer


@dataclass(frozen=True)
class Department:
    category: Category
    shelves: tuple[Category, ...]


def departments() -> list[Department]:
    """The top shelves with those right below them, in the shop's order; as they were a moment ago."""
    return departments_now.of("all") or []


def read_departments(_all: str) -> list[Department]:
    """One query."""
    categories = sorted(Category.objects.all(), key=lambda category: (category.position, category.pk))
    return [
        Department(root, tuple(below for below in categories if below.parent_id == root.pk))
        for root in categories
        if root.parent_id is None
    ]


departments_now = Kept(read_departments)


def cart_units(customer: Customer) -> int:
    """How many units lie in the cart."""
    return sum(CartLine.objects.filter(cart__customer=customer).values_list("quantity", flat=True))


def breadcrumb(category: Category | None) -> list[Category]:
    """The shelf and those above it, from the top down; one query."""
    if category is None:
        return []
    slugs = category.path.split("/")
    paths = ["/".join(slugs[: depth + 1]) for depth in range(len(slugs))]
    return list(Category.objects.filter(path__in=paths).order_by("path"))
