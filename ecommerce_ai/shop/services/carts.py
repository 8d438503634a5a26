from django.db import transaction
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import Cart, CartLine, Customer, Product

MAX_QUANTITY = 999


class CartError(Exception):
    """The cart cannot hold that; the message is for the shopper."""


@transaction.atomic
def add_to_cart(customer: Customer, *, product: Product, quantity: int = 1) -> CartLine:
    """Add units of a product; raises CartError when it is not for sale or there are too few."""
    cart = locked_cart(customer)
    line = cart.lines.filter(product=product).first() or CartLine(cart=cart, product=product, quantity=0)
    return keep_line(line, quantity=line.quantity + quantity)


@transaction.atomic
def set_cart_quantity(customer: Customer, *, product: Product, quantity: int) -> CartLine | None:
    """Make the cart hold exactly this many units; none takes the line out. Raises CartError."""
    line = locked_cart(customer).lines.filter(product=product).first()
    if line is None:
        return None
    if quantity <= 0:
        line.delete()
        return None
    return keep_line(line, quantity=quantity)


def move_cart(source: Customer, *, target: Customer) -> int:
    """Add what lies in one cart to another, as far as there is stock; returns how many lines there were."""
    lines = list(CartLine.objects.filter(cart__customer=source).select_related("product"))
    cart = locked_cart(target) if lines else None
    for line in lines:
        kept = CartLine.objects.filter(cart=cart, product=line.product).first()
        wanted = line.quantity + (kept.quantity if kept else 0)
        if quantity := min(wanted, available_quantity(line.product)):
            CartLine.objects.update_or_create(
                cart=cart, product=line.product, defaults={"quantity": quantity}
            )
    CartLine.objects.filter(cart__customer=source).delete()
    return len(lines)


def locked_cart(customer: Customer) -> Cart:
    Cart.objects.get_or_create(customer=customer)
    return Cart.objects.select_for_update().get(customer=customer)


def available_quantity(product: Product) -> int:
    """How many units one order may hold; 0 when the product is not for sale."""
    if not product.is_live:
        return 0
    return MAX_QUANTITY if product.stock is None else min(product.stock, MAX_QUANTITY)


def keep_line(line: CartLine, *, quantity: int) -> CartLine:
    available = available_quantity(Product.objects.get(pk=line.product_id))
    if not available:
        raise CartError(_("This product is not available at the moment."))
    if not 1 <= quantity <= available:
        raise CartError(_("We have only %(count)s of these.") % {"count": available})
    line.quantity = quantity
    line.save()
    return line
