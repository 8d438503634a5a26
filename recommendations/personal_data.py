"""What was shown to whom is behaviour; rankings are inferred and go with the facts."""

import json
from typing import cast

from ecommerce_ai.data_register import Keeping, Retention, Store, Subject, impersonal, personal, store
from recommendations.services import impressions

personal(
    "recommendations.Impression",
    person="customer",
    fields="customer bucket product_ids scores propensities reason_codes trace served_at",
    other="id slot pipeline is_shadow",
    keeping=Keeping(Retention.BEHAVIOUR, moment="served_at"),
)
personal(
    "recommendations.Outcome",
    person="impression__customer",
    fields="product position kind occurred_at",
    other="id impression",
    keeping=Keeping(Retention.BEHAVIOUR, moment="occurred_at"),
)
personal(
    "recommendations.CustomerRanking",
    person="customer",
    fields="customer product_ids scores sources contributions",
    other="id run input_hash computed_at",
    keeping=Keeping(Retention.INFERENCE),
)
personal(
    "recommendations.PreparedList",
    person="customer",
    fields="customer outline product_ids",
    other="version stamp goods_stamp lists_left counted_until prepared_at good_until",
    keeping=Keeping(Retention.INFERENCE),
)
personal(
    "recommendations.ProductJudgement",
    person="customer",
    fields="customer product score",
    other="id writer input_hash computed_at",
    keeping=Keeping(Retention.INFERENCE),
)
personal("recommendations.Refusal", person="customer", fields="customer code product refused_at", other="id")
impersonal("recommendations.PopularProduct", "id product window_days rank score computed_at")
impersonal("recommendations.ItemNeighbours", "id product kind product_ids scores supports computed_at")
impersonal(
    "recommendations.Pipeline",
    "id name status ranker diversity coverage exploration session_weight repeat_after_shown metrics "
    "live_since created_at",
)
impersonal("recommendations.PipelineChange", "id pipeline previous status changed_by changed_at")
impersonal(
    "recommendations.MerchandisingRule",
    "id name action slot product category brand strength position is_active starts_at ends_at updated_at",
)
impersonal("recommendations.RuleChange", "id rule_name rule_number action values changed_by changed_at")
impersonal("recommendations.Synonym", "id words means is_two_way is_live created_at")
impersonal("recommendations.SearchPin", "id query product position is_live created_at")
impersonal("recommendations.SearchDocument", "product words content_hash updated_at")
impersonal("recommendations.SearchWord", "word lexeme documents in_titles keys")
impersonal("recommendations.FacetPhrase", "id phrase name value documents")
impersonal("recommendations.ShelfVector", "id text encoder embedding")
impersonal(
    "recommendations.ProductVector",
    "product embedding shelf agreement encoder content_hash created_at updated_at",
)


def waiting(subject: Subject) -> list[bytes]:
    """Impressions of this person on their way to the database."""
    lines = cast("list[bytes]", impressions.store().lrange(impressions.QUEUE, 0, -1))
    return [line for line in lines if json.loads(line)["customer_id"] in subject.customer_ids]


def drop_waiting(subject: Subject) -> None:
    for line in waiting(subject):
        impressions.store().lrem(impressions.QUEUE, 0, line.decode())


store(
    Store(
        "impressions on their way", count=lambda subject: len(waiting(subject)), erase=drop_waiting, order=30
    )
)
