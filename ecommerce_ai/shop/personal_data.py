from ecommerce_ai.data_register import (
    Keeping,
    OnErasure,
    Retention,
    Store,
    Subject,
    impersonal,
    personal,
    store,
)
from ecommerce_ai.shop.live_store import actions_key, live_store, visit_key
from ecommerce_ai.shop.services.import_files import count_files_about, forget_in_files
from ecommerce_ai.shop.services.live_visits import forget_visits

BOOKS = Keeping(Retention.BOOKS, on_erasure=OnErasure.KEEP)
BEHAVIOUR = Keeping(Retention.BEHAVIOUR, moment="occurred_at")

personal(
    "shop.Customer",
    person="pk",
    fields="external_id visitor_id user email name phone country city language birth_year gender merged_into",
    other="id created_at",
)
personal("shop.CustomerMerge", person="target", fields="source target moved reason merged_at", other="id")
personal("shop.Cart", person="customer", fields="customer updated_at", other="id")
personal("shop.CartLine", person="cart__customer", fields="product quantity added_at", other="id cart")
personal(
    "shop.Event",
    person="customer",
    fields="event_id customer session_id product quantity value search_term properties occurred_at",
    other="id name currency received_at",
    keeping=BEHAVIOUR,
)
personal(
    "shop.Order",
    person="customer",
    fields="customer email shipping_name shipping_address shipping_city shipping_postcode",
    other="id number kind status currency total country placed_at",
    keeping=BOOKS,
)
personal(
    "shop.Shipment",
    person="order__customer",
    fields="tracking_number note",
    other="id order carrier status shipped_at promised_at delivered_at",
    keeping=BOOKS,
)
impersonal("shop.OrderLine", "id order line_number product kind sku title quantity unit_price")
personal(
    "shop.Review",
    person="customer",
    fields="external_id customer author_name rating title body language created_at",
    other="id product status",
)
personal(
    "shop.Question",
    person="customer",
    fields="customer body answer language created_at answered_at",
    other="id product status",
)
impersonal("shop.Category", "id name slug parent path position image translations")
impersonal(
    "shop.Product",
    "id sku title description brand category attributes price currency stock language translations image "
    "is_live created_at updated_at",
)
impersonal("shop.PriceChange", "id product price previous_price currency changed_at")
impersonal("shop.Promotion", "id name code kind value currency starts_at ends_at is_live translations")
impersonal("shop.Promotion_products", "id promotion product")
impersonal("shop.Promotion_categories", "id promotion category")
impersonal(  # its files are a store, below
    "shop.ImportRun",
    "id kind format file_name file_hash status read created updated unchanged rejected rejects_file "
    "rejects_bytes notice error started_at finished_at",
)
impersonal("shop.ImportedKey", "id run key rows")  # there while an import runs


def count_live(subject: Subject) -> int:
    keys = [key(pk) for pk in subject.customer_ids for key in (visit_key, actions_key)]
    return int(live_store().exists(*keys))


def forget_live(subject: Subject) -> None:
    forget_visits(subject.customer_ids)


store(Store("live visits", count=count_live, erase=forget_live, order=30))
store(Store("files of imports", count=count_files_about, erase=forget_in_files, order=40))
