import hashlib

from django.db.models import Count, Max, Model

from ecommerce_ai.privacy.models import ConsentChange
from ecommerce_ai.shop.models import Customer, Event, Order, Product
from recommendations.models import ProductVector
from recommendations.selectors.behaviour import EVENT_STRENGTHS


def behaviour_fingerprint() -> str:
    """A hash that changes when there is anything new to learn from; a few index look-ups."""
    products = Product.objects.aggregate(Count("pk"), Max("updated_at"))
    vectors = ProductVector.objects.aggregate(Count("pk"), Max("updated_at"))
    orders = Order.objects.aggregate(Count("pk"), Max("pk"))
    cancelled = Order.objects.filter(status=Order.Status.CANCELLED).count()
    events = Event.objects.named(*EVENT_STRENGTHS).aggregate(Max("pk"))
    facts = [products, vectors, orders, cancelled, events, newest(Customer), newest(ConsentChange)]
    return hashlib.md5(repr(facts).encode(), usedforsecurity=False).hexdigest()


def newest(model: type[Model]) -> object:
    return model._default_manager.aggregate(Max("pk"))["pk__max"]
