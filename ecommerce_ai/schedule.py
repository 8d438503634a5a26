"""All that runs by the clock: a task, and every how many seconds. Part of the settings."""

from typing import Any


def often(task: str, *, every_s: int) -> dict[str, Any]:
    """One that is dropped when the next is due: behind a long run they would only pile up."""
    return {"task": task, "schedule": every_s, "options": {"expires": every_s}}


CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "embed new and changed products": often("recommendations.tasks.embed_products", every_s=60),
    "hand out again what a dead worker left": often("ecommerce_ai.jobs.tasks.requeue_lost_jobs", every_s=60),
    "keep what was shown": often("recommendations.tasks.keep_impressions", every_s=10),
    "prepare lists for who is here": often("recommendations.tasks.prepare_for_visitors", every_s=15),
    "prepare lists for who may be back": often("recommendations.tasks.prepare_for_regulars", every_s=3600),
    "put clicks to the lists they came from": often("recommendations.tasks.attribute_outcomes", every_s=300),
    "drop what is old": {"task": "ecommerce_ai.privacy.tasks.drop_what_is_old", "schedule": 24 * 3600},
    "count the words of the shop": {"task": "recommendations.tasks.count_words", "schedule": 3600},
    "rank for customers whose history grew": often("recommendations.tasks.train_ranking", every_s=900),
    "refresh profiles": often("profiles.tasks.refresh_profiles", every_s=900),
    "passages of new and changed articles": often("support.tasks.embed_articles", every_s=60),
    "articles about products and promotions": {"task": "support.tasks.refresh_sources", "schedule": 3600},
    "answer what nobody waited for": often("support.tasks.answer_left", every_s=30),
    "tell who waits for goods": {"task": "support.tasks.send_stock_alerts", "schedule": 900},
    "learn from new examples of intents": {"task": "support.tasks.train_intents", "schedule": 900},
    "learn from new stars of reviews": {"task": "support.tasks.train_sentiment", "schedule": 24 * 3600},
    "begin, send and end campaigns": often("marketing.tasks.run_campaigns", every_s=60),
    "withdraw texts that are true no more": often("marketing.tasks.recheck_texts", every_s=300),
    "keep which texts shoppers answered": {
        "task": "marketing.tasks.keep_outcome_pairs",
        "schedule": 24 * 3600,
    },
    "rank popular products": {"task": "recommendations.tasks.rank_popular_products", "schedule": 3600},
}
