from ecommerce_ai.data_register import Keeping, Retention, Store, impersonal, personal, store
from ecommerce_ai.privacy.selectors.holdings import rows_naming
from ecommerce_ai.privacy.services import export_files, log_files, redis_values

OPERATIONS = Keeping(Retention.OPERATIONS, moment="requested_at")

personal(
    "privacy.ConsentChange",
    person="customer",
    fields="customer purpose is_granted source changed_at",
    other="id",
)
personal(
    "privacy.ExportRequest",
    person="customer",
    fields="customer rows requested_at finished_at expires_at",
    other="id job",
    keeping=OPERATIONS,
)
personal(  # the receipt outlives the person and names nobody: the key is emptied with the customer's row
    "privacy.ErasureRequest",
    person="",
    fields="customer",
    other="id status source proved_by preview receipt job requested_at confirmed_at finished_at",
)
impersonal("privacy.WebhookDelivery", "id delivery_id topic received_at")

store(
    Store(
        "copies made for people",
        count=export_files.count_exports,
        erase=export_files.forget_exports,
        order=5,  # while their rows tell where they are
    )
)
store(Store("cache and queues", count=redis_values.count_values, erase=redis_values.forget_values, order=60))
store(Store("logs", count=log_files.count_lines, erase=log_files.forget_lines, order=70))
store(Store("every table, word by word", count=rows_naming, erase=lambda subject: None, order=90))
