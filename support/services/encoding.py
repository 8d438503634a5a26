"""The encoder as one answer needs it: within its time, each text once, and words alone where it is away."""

from collections.abc import Sequence

import numpy as np
import structlog
from django.conf import settings

from ecommerce_ai.inference.registry import EncoderUnavailable, encode_queries
from ecommerce_ai.inference.types import Vectors
from support.models import DIMENSIONS

log = structlog.get_logger(__name__)


class TimedEncode:
    """Texts to unit rows for one answer. After the encoder failed once, rows are zero: words alone count."""

    def __init__(self) -> None:
        self.known: dict[str, Vectors] = {}
        self.is_away = False

    def __call__(self, texts: Sequence[str]) -> Vectors:
        missing = list(dict.fromkeys(text for text in texts if text not in self.known))
        if missing:
            self.known |= dict(zip(missing, self.encoded(missing), strict=True))
        return (
            np.stack([self.known[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)
        )

    def encoded(self, texts: list[str]) -> Vectors:
        if not self.is_away:
            try:
                return encode_queries(texts, timeout_s=settings.SUPPORT_ENCODER_TIMEOUT_S)
            except EncoderUnavailable as error:
                self.is_away = True
                log.warning("support_without_encoder", why=str(error))
        return np.zeros((len(texts), DIMENSIONS), np.float32)
