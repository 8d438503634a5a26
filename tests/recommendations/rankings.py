"""Rankings as training leaves them."""

import numpy as np
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import CustomerRanking
from recommendations.selectors.stored import RANKER


def ranked(customer: Customer, products: list[Product]) -> CustomerRanking:
    given = {"sources": ["a"], "groups": ["g"]}
    run, _ = ModelRun.objects.get_or_create(name=RANKER, kind="test", parameters=given, is_live=True)
    count = len(products)
    return CustomerRanking.objects.create(
        customer=customer,
        run=run,
        product_ids=[product.pk for product in products],
        scores=[1.0 / place for place in range(1, count + 1)],
        sources=[1] * count,
        contributions=np.ones(count, np.float32).tobytes(),
        input_hash="x",
        computed_at=timezone.now(),
    )
