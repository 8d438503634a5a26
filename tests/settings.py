"""The settings of the test suite: the same engine and the same code, in a home of its own (see conftest)."""

import os
import tempfile
from pathlib import Path

# Set before the project's settings are read: they ask the environment where everything is.
TEST_HOME = Path(tempfile.mkdtemp(prefix="ecommerce_ai_tests_"))
TEST_HOME.chmod(0o755)
(TEST_HOME / "static").mkdir()
os.environ["ECOMMERCE_AI_HOME"] = str(TEST_HOME)
os.environ["ECOMMERCE_AI_FSYNC"] = "off"
for name in ("DATABASE_URL", "REDIS_URL"):
    os.environ.pop(name, None)

from ecommerce_ai.settings import *  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
SHOP_NAME = "Test shop"
KEPT_S = 0.0  # each test has rows of its own
