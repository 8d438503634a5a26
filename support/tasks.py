from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from support.models import OrderProof
from support.services import (
    conversations_left,
    identity,
    indexing,
    intents,
    learning,
    requests,
    sentiment,
    sources,
)


@job(time_limit_s=3000)
def embed_articles(article_ids: list[int] | None = None) -> None:
    """Passages of what is new or changed: everything each minute, one article when it is saved."""
    indexing.index_articles(article_ids)


@tracked_job()
def embed_knowledge(progress: Progress) -> dict[str, int]:
    """The same for a person who watches it."""
    return indexing.index_articles(progress=progress)


@job(time_limit_s=600)
def refresh_sources() -> None:
    """Articles about products and promotions, each hour."""
    sources.refresh_sources()


@job(time_limit_s=600)
def train_intents() -> None:
    """After an example was edited; does nothing while the examples are those that were learned."""
    intents.train_intent_head()


@job(time_limit_s=600)
def train_sentiment() -> None:
    """From the stars of reviews, once a day; does nothing while they are those that were learned."""
    sentiment.train_sentiment_head()


@job()
def answer_left() -> None:
    """Questions whose page was closed before the answer came."""
    conversations_left.answer_left()
    learning.drop_empty_gaps()


@job()
def send_stock_alerts() -> None:
    """To those who wait for what is back."""
    requests.send_stock_alerts()


@job()
def deliver_code(proof_id: int) -> None:
    """The code to the address on an order; run twice, the later code counts."""
    if proof := OrderProof.objects.filter(pk=proof_id, proved_at=None).first():
        identity.deliver_code(proof)
