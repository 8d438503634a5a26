"""All of it is inferred from facts and goes with them; what people said about it goes as well."""

from ecommerce_ai.data_register import Keeping, Retention, impersonal, personal

INFERENCE = Keeping(Retention.INFERENCE)

personal(
    "profiles.Profile",
    person="customer",
    fields="customer order_count cancellation_count unit_count product_count gross_spent net_spent currency "
    "first_order_at last_order_at visit_count view_count cart_count search_count review_count question_count "
    "last_active_at recency_score frequency_score monetary_score preferred_language preferred_channel "
    "preferred_hour confidence",
    other="input_hash computed_at",
    keeping=INFERENCE,
)
personal(
    "profiles.Interest",
    person="customer",
    fields="customer trait strength counts evidence",
    other="id",
    keeping=INFERENCE,
)
personal(
    "profiles.Taste",
    person="customer",
    fields="customer embedding",
    other="encoder input_hash computed_at",
    keeping=INFERENCE,
)
personal("profiles.TagRemoval", person="customer", fields="customer kind key label removed_at", other="id")
personal(
    "profiles.CustomerLabel",
    person="customer",
    fields="customer label probability low high reasons",
    other="id model_run computed_at",
    keeping=INFERENCE,
)
personal("profiles.LabelExample", person="customer", fields="customer label is_positive", other="id")
personal(
    "profiles.CustomerValue",
    person="customer",
    fields="customer currency historic predicted predicted_low predicted_high expected_orders "
    "churn_probability churn_low churn_high next_order_at next_order_from next_order_until",
    other="model_run input_hash computed_at",
    keeping=INFERENCE,
)
personal(
    "profiles.RiskAssessment",
    person="customer",
    fields="customer order level score facts status note reviewed_by reviewed_at",
    other="id model_run input_hash assessed_at",
    keeping=INFERENCE,
)
personal(
    "profiles.SegmentMembership",
    person="customer",
    fields="customer segment entered_at left_at",
    other="id",
    keeping=INFERENCE,
)
impersonal("profiles.Trait", "id kind key label translations")
impersonal("profiles.ProductTrait", "id product trait")
impersonal("profiles.Label", "id key name kind category_path is_live status")
impersonal("profiles.TextReading", "content_hash made_by traits")  # no text, and nobody's
impersonal(
    "profiles.Segment", "id name kind rules family key category model_run size refreshed_at created_at"
)
