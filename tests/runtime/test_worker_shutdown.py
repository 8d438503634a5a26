import signal
import subprocess
import sys

from tests.runtime.processes import CHECKOUT

STUCK = """
import threading
import ecommerce_ai.celery
from celery.signals import worker_shutting_down
ecommerce_ai.celery.COLD_SHUTDOWN_S = 0.1
worker_shutting_down.send(sender="worker", sig="SIGQUIT", how="Cold", exitcode=0)
threading.Event().wait()
"""


def test_a_worker_told_to_end_at_once_ends_though_something_holds_it() -> None:
    worker = subprocess.Popen([sys.executable, "-c", STUCK], cwd=CHECKOUT, start_new_session=True)
    assert worker.wait(60) == -signal.SIGKILL
