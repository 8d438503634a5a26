"""Log-ins, and what Django itself keeps about people."""

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from ecommerce_ai.accounts.sessions import session_store
from ecommerce_ai.data_register import Store, Subject, impersonal, personal, store

personal(
    "accounts.User",
    person="customer",
    fields="email first_name last_name password last_login date_joined",
    other="id is_superuser is_staff is_active",
)
impersonal("accounts.User_groups", "id user group")
impersonal("accounts.User_user_permissions", "id user permission")
impersonal("auth.Permission", "id name content_type codename")
impersonal("auth.Group", "id name")
impersonal("auth.Group_permissions", "id group permission")
impersonal("contenttypes.ContentType", "id app_label model")
personal(  # with a store of its own, below
    "sessions.Session", person="", fields="session_key session_data", other="expire_date"
)
personal(
    "admin.LogEntry",
    person="",
    fields="object_repr change_message user",
    other="id action_time content_type object_id action_flag",
)


def sessions_of(subject: Subject) -> list[str]:
    """The keys of log-ins that are still open in some browser."""
    users = {str(pk) for pk in subject.user_ids}
    opened = Session.objects.iterator(chunk_size=2000) if users else []
    return [row.session_key for row in opened if row.get_decoded().get("_auth_user_id") in users]


def forget_sessions(subject: Subject) -> None:
    for key in sessions_of(subject):
        session_store(key).flush()


def log_of(subject: Subject) -> QuerySet[LogEntry]:
    """What lists of the office wrote down about this person's rows."""
    customers = Q(
        content_type__app_label="shop",
        content_type__model="customer",
        object_id__in=[str(pk) for pk in subject.customer_ids],
    )
    called = Q(object_repr__in=subject.names | subject.words | subject.texts)
    return LogEntry.objects.filter(customers | called | Q(user__in=subject.user_ids)).exclude(object_repr="–")


def blank_log(subject: Subject) -> None:
    log_of(subject).update(object_repr="–", change_message="")


store(Store("open log-ins", count=lambda subject: len(sessions_of(subject)), erase=forget_sessions, order=10))
store(Store("log of the office", count=lambda subject: log_of(subject).count(), erase=blank_log, order=20))
