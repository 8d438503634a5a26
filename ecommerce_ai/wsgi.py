import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecommerce_ai.settings")

application = get_wsgi_application()
import_module("ecommerce_ai.urls")  # before the workers part, and not while the first visitor waits
