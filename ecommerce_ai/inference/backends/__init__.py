"""The only modules that load model libraries; the registry imports them when a model is first used."""

import os

# Before any of those libraries is imported, for they read it then: nothing is ever fetched from a hub.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
