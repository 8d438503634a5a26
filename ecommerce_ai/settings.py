"""One settings file; everything that differs between machines comes from the environment."""

import logging
import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_EVAL
from django.utils.translation import gettext_lazy as _

from ecommerce_ai import embedded
from ecommerce_ai.dashboard.theme import UNFOLD as UNFOLD
from ecommerce_ai.logging import configure_structlog, logging_config
from ecommerce_ai.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


BASE_DIR = Path(__file__).resolve().parent.parent
HOME = embedded.home()
IS_PRODUCTION = os.environ.get("DJANGO_ENV", "development") == "production"
DEBUG = os.environ.get("DJANGO_DEBUG", "0") == "1" and not IS_PRODUCTION

# Outside production a fixed key keeps log-ins over restarts; `check --deploy` refuses it in production.
SECRET_KEY = (
    os.environ["DJANGO_SECRET_KEY"]
    if IS_PRODUCTION
    else os.environ.get("DJANGO_SECRET_KEY", "django-insecure-development-only")
)
ALLOWED_HOSTS = env_list("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("DJANGO_CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin.apps.SimpleAdminConfig",  # its pages are found by urls.py: jobs need none
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "django_structlog",
    "ecommerce_ai",
    "ecommerce_ai.accounts",
    "ecommerce_ai.jobs",
    "ecommerce_ai.shop",
    "ecommerce_ai.inference",
    "ecommerce_ai.privacy",
    "ecommerce_ai.api",
    "profiles",
    "recommendations",
    "support",
    "marketing",
    "ecommerce_ai.storefront",
    "ecommerce_ai.dashboard",
    "ecommerce_ai.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ecommerce_ai.dashboard.middleware.OfficePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ecommerce_ai.storefront.middleware.VisitorMiddleware",
]

ROOT_URLCONF = "ecommerce_ai.urls"
WSGI_APPLICATION = "ecommerce_ai.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ecommerce_ai.storefront.context.shop",
            ],
            "builtins": ["ecommerce_ai.storefront.templatetags.icons"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": (
        dict(
            dj_database_url.parse(os.environ["DATABASE_URL"], engine="ecommerce_ai.database", conn_max_age=60)
        )
        if os.environ.get("DATABASE_URL")
        else {**embedded.database_settings(HOME), "CONN_MAX_AGE": 60}
    )
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL or embedded.cache_url(HOME),
        "KEY_PREFIX": "ecommerce_ai",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
RATELIMIT_USE_CACHE = "default"
RATELIMIT_IP_META_KEY = "ecommerce_ai.visitors_address.visitors_address"

# --- jobs -------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or embedded.broker_url(HOME)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "*.tasks.embed_*": {"queue": "models"},
    "*.tasks.train_*": {"queue": "models"},
    "*.tasks.generate_*": {"queue": "models"},
    "*.tasks.refresh_*": {"queue": "models"},
    "*.tasks.prepare_for_regulars": {"queue": "models"},
    "support.tasks.answer_left": {"queue": "models"},  # where the encoder is
}
# How long a search waits for the meaning of its words; then it goes by the words alone.
SEARCH_ENCODER_TIMEOUT_S = 0.8
# A task of a killed worker is handed out again after this time; it has to exceed the longest job.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}

# --- models -----------------------------------------------------------------------------------------------
INFERENCE: dict[str, dict[str, Any]] = {
    "encoder": {
        "BACKEND": "ecommerce_ai.inference.backends.sentence_transformer.SentenceTransformerEncoder",
        "OPTIONS": {"model": os.environ.get("ENCODER_MODEL", "packaged"), "device": "auto"},
    }
}
if os.environ.get("WRITER_URL"):
    INFERENCE["generator"] = {
        "BACKEND": "ecommerce_ai.inference.backends.chat_server.ChatServer",
        "OPTIONS": {"url": os.environ["WRITER_URL"], "model": os.environ.get("WRITER_MODEL", "")},
    }
elif os.environ.get("WRITER_MODEL"):
    INFERENCE["generator"] = {
        "BACKEND": "ecommerce_ai.inference.backends.language_model.LanguageModel",
        "OPTIONS": {"model": os.environ["WRITER_MODEL"], "device": "auto"},
    }
if os.environ.get("READER_MODEL"):
    INFERENCE["reader"] = {
        "BACKEND": "ecommerce_ai.inference.backends.reader.ExtractiveReader",
        "OPTIONS": {"model": os.environ["READER_MODEL"], "device": "auto"},
    }

# --- support ----------------------------------------------------------------------------------------------
SUPPORT_ENCODER_TIMEOUT_S = 1.5  # for all texts of one step; then words alone count
SUPPORT_WRITER_TIMEOUT_S = 8.0  # then the quoted answer goes out
# When somebody is at the desk, by weekday (0 is Monday), in the shop's time zone.
SUPPORT_HOURS: dict[int, tuple[int, int]] = dict.fromkeys(range(5), (9, 18)) | {5: (10, 16)}
SUPPORT_TERMS = {"withdrawal_days": 14, "return_days": 30, "warranty_years": 2, "price_match_days": 14}
SUPPORT_COMPETITORS = env_list("SUPPORT_COMPETITORS", "")  # names that no reply speaks of
# Other shops' pages that may open a conversation, as origins (https://shop.example).
SUPPORT_ORIGINS = env_list("SUPPORT_ORIGINS", "")

# --- campaigns --------------------------------------------------------------------------------------------
# Where shoppers find the shop: links in messages begin with it. One-click unsubscribing asks for https.
SHOP_URL = os.environ.get("SHOP_URL", "http://localhost:8000")
SHOP_POSTAL_ADDRESS = os.environ.get("SHOP_POSTAL_ADDRESS", "")  # many laws want it below offers by e-mail
MARKETING_CAP = {"messages": 3, "days": 7}  # to one person, over all campaigns and channels
MARKETING_QUIET_HOURS = (21, 8)  # from until, o'clock where the recipient lives
MARKETING_TRANSPORTS = {
    "email": "marketing.services.transports.Email",
    "sms": "marketing.services.transports.LogOnly",
    "push": "marketing.services.transports.LogOnly",
}
# Signs what a mail server reports (POST /api/v1/mail/returned): nobody's without a secret.
MARKETING_WEBHOOK_SECRET = os.environ.get("MARKETING_WEBHOOK_SECRET", "")

# --- marketing --------------------------------------------------------------------------------------------
# The writer on a server (WRITER_URL, WRITER_MODEL): prices of a million tokens, and what a month may cost.
COPY_SERVER: dict[str, Any] = {
    "url": os.environ.get("WRITER_URL", ""),
    "model": os.environ.get("WRITER_MODEL", ""),
    "timeout_s": float(os.environ.get("WRITER_TIMEOUT_S", "30")),
    "temperature": float(os.environ.get("WRITER_TEMPERATURE", "0.8")),
    "retries": 2,
    "price_in": os.environ.get("WRITER_PRICE_IN", "0"),
    "price_out": os.environ.get("WRITER_PRICE_OUT", "0"),
    "monthly_cap": os.environ.get("WRITER_MONTHLY_CAP", "20"),
    "currency": os.environ.get("WRITER_CURRENCY", "USD"),
}
# A causal model on disk that is taught the shop's voice; without one a small GPT-2 learns from nothing.
COPY_VOICE_BASE = os.environ.get("COPY_VOICE_BASE", "")

# --- who may enter ----------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "storefront:log_in"
LOGIN_REDIRECT_URL = "storefront:account"
LOGOUT_REDIRECT_URL = "storefront:home"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION and os.environ.get("DJANGO_SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
BEHIND_PROXY = os.environ.get("DJANGO_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ecommerce_ai.storefront.views.errors.no_valid_form"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "https:"],  # imported products show the pictures of their own shop
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The admin's Alpine components evaluate expressions and set styles; its pages alone may.
ADMIN_CONTENT_SECURITY_POLICY = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, "'unsafe-inline'"]}

# --- privacy ----------------------------------------------------------------------------------------------
# What a customer who never answered is taken to allow; the other purposes need a yes first.
PRIVACY_ALLOWED_BY_DEFAULT = env_list("PRIVACY_ALLOWED_BY_DEFAULT", "personalisation,analytics,training")
# Days that rows about people are kept, by class (see `data_register.Retention`); other classes stay.
PRIVACY_RETENTION_DAYS = {"behaviour": 760, "operations": 90}
PRIVACY_EXPORT_DAYS = 7
MODELS_RETRAINED_WITHIN_DAYS = 7  # rankers and segments learn anew each week (their RETRAIN_AFTER)
EXPORTS_ROOT = HOME / "exports"
# Another shop system's requests (POST /api/v1/webhooks/customers/redact …): nobody's without a secret.
PRIVACY_WEBHOOK_SECRET = os.environ.get("PRIVACY_WEBHOOK_SECRET", "")
PRIVACY_SHOP_DOMAIN = os.environ.get("PRIVACY_SHOP_DOMAIN", "")
# Visits of now are kept beside the cache: both are lost without harm.
LIVE_VISITS_URL = CACHES["default"]["LOCATION"]

# How long a process goes by what it read of keys, rules and versions: so long may a change of them take.
KEPT_S = 1.0

# --- programs ---------------------------------------------------------------------------------------------
API_RATE = os.environ.get("API_RATE", "3000/m")  # calls of one key
# Other shops' pages that may send events to /collect, as origins (https://shop.example).
COLLECT_ORIGINS = env_list("COLLECT_ORIGINS", "")

# --- languages, times, files --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", HOME / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ecommerce_ai.storefront.static_files.StaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
IMPORTS_ROOT = HOME / "imports"
ARTEFACTS_ROOT = HOME / "artefacts"  # what was trained: text, npz and safetensors, named by `ModelRun`
IMPORT_MAX_BYTES = int(os.environ.get("IMPORT_MAX_MB", "500")) * 1024 * 1024

EMAIL_BACKEND = os.environ.get("DJANGO_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("DJANGO_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("DJANGO_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("DJANGO_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DJANGO_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("DJANGO_EMAIL_TLS", "0") == "1"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("DJANGO_FROM_EMAIL", "shop@localhost")

# --- logs ---------------------------------------------------------------------------------------------------
configure_structlog()
LOGGING = logging_config(debug=DEBUG)
LOGGING_CONFIG = "logging.config.dictConfig"
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal data
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # the line at the end says all that this one does

# --- the shop -----------------------------------------------------------------------------------------------
# The demo's own are translated; a merchant's are shown as they are.
SHOP_NAME = os.environ.get("SHOP_NAME") or _("Larkmere")
SHOP_TAGLINE = os.environ.get("SHOP_TAGLINE") or _("Useful things, made to last")
SHOP_HERO = os.environ.get("SHOP_HERO", "hero.svg")  # below the media folder; a drawn one where it is missing
SHOP_DELIVERY_DAYS = (2, 4)  # working days from order to door
SHOP_CURRENCY = os.environ.get("SHOP_CURRENCY", "GBP")
