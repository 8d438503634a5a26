import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from ecommerce_ai.inference.registry import get_encoder
from support.ml.confidence_training import train_confidence
from support.selectors.articles import EVERYONE
from support.selectors.knowledge import built_index


class Command(BaseCommand):
    help = (
        "Learn from this shop's articles how sure an answer may be; prints the numbers of `ml/confidence.py`."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        passages = built_index(EVERYONE).passages
        model = train_confidence(passages, get_encoder().encode_queries)
        self.stdout.write(json.dumps({"passages": len(passages), **asdict(model)}))
