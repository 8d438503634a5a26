"""The only modules that load model libraries; the registry imports them when a model is first used."""

import os

# Both before any of those libraries is imported, for they read them then.
# Nothing is ever fetched from a hub.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# Threads that wait by spinning starve the database and the web workers beside them: on two busy cores
# a query took 150-500 ms instead of 20-50.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# But not at once: products in bfloat16 are over so soon that falling asleep would cost more.
os.environ.setdefault("GOMP_SPINCOUNT", "2000")
