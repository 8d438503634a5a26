from dataclasses import dataclass
from decimal import Decimal

from ecommerce_ai.shop.models import CartLine, Customer, Product


@dataclass(frozen=True)
class CartRow:
    product: Product
    quantity: int
    total: Decimal

    @property
    def is_available(self) -> bool:
        stock = self.product.stock
        return self.product.is_live and (stock is None or stock >= self.quantity)


@dataclass(frozen=True)
class CartPage:
    rows: list[CartRow]
    totals: dict[str, Decimal]

    @property
    def units(self) -> int:
        return sum(row.quantity for row in self.rows)

    @property
    def can_order(self) -> bool:
        """Something is there, all of it can be had, and it is priced in one currency."""
        return len(self.totals) == 1 and all(row.is_available for row in self.rows)


def cart_page(customer: Customer | None) -> CartPage:
    """The cart's lines at the prices of now, and their total by currency; one query."""
    lines = CartLine.objects.filter(cart__customer=customer).select_related("product") if customer else []
    rows = [CartRow(line.product, line.quantity, line.product.price * line.quantity) for line in lines]
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row.product.currency] = totals.get(row.product.currency, Decimal(0)) + row.total
    return CartPage(rows, totals)
