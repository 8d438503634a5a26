from ecommerce_ai.data_register import Keeping, Retention, Store, impersonal, personal, store
from support.services import forgetting

BEHAVIOUR = Keeping(Retention.BEHAVIOUR, moment="opened_at")

personal(
    "support.Conversation",
    person="customer",
    fields="customer mood summary rating rating_comment opened_at waiting_since last_message_at closed_at",
    other="id language status reason urgency agent is_live_page",
    keeping=BEHAVIOUR,
)
personal(
    "support.Message",
    person="conversation__customer",
    fields="text card helpful complaint correction created_at",
    other="id conversation author agent language is_answered intent outcome score",
)
personal(
    "support.Evidence", person="message__conversation__customer", fields="message",
    other="id version position start end quote",
)  # fmt: skip
personal(
    "support.LogEntry", person="conversation__customer", fields="detail at", other="id conversation kind by"
)
personal(
    "support.OrderProof",
    person="conversation__customer",
    fields="order code_hash sent_at proved_at",
    other="id conversation tries",
)
personal(
    "support.ServiceRequest",
    person="customer",
    fields="customer conversation order product details created_at confirmed_at finished_at",
    other="id kind status",
)
personal(
    "support.Miss",
    person="message__conversation__customer",
    fields="message question asked_at",
    other="id gap is_answered_now",
)
impersonal(
    "support.Article",
    "id key language kind topic title body status audience valid_from valid_until version product promotion "
    "updated_at",
)
impersonal("support.ArticleVersion", "id article number title body changed_by changed_at")
impersonal("support.Passage", "id article version start text words embedding encoder content_hash updated_at")
impersonal("support.Intent", "id name action is_active")
impersonal("support.IntentExample", "id intent text language is_approved")
impersonal("support.Gap", "id question language status embedding article created_at tested_at")

store(
    Store(
        "what support learns from",
        count=forgetting.count_learnt,
        erase=forgetting.forget_learnt,
        order=10,  # while their messages tell what is theirs
    )
)
