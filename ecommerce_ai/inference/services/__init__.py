"""What other apps may change here."""

from ecommerce_ai.inference.services.runs import RunFacts, promote_run, record_run, store_artefact
from ecommerce_ai.inference.services.writers import (
    WriterRecipe,
    fit_writer,
    judge_writer,
    tokens_of,
    train_writer,
)

__all__ = [
    "RunFacts",
    "WriterRecipe",
    "fit_writer",
    "judge_writer",
    "promote_run",
    "record_run",
    "store_artefact",
    "tokens_of",
    "train_writer",
]
