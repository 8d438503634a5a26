"""Stops the servers of users that were killed before they could do so.

A shell waits in flock(1) until nobody shares the home, and only then starts Python to look: no polling, and
next to no memory meanwhile.
"""

import signal
import subprocess
import sys
from pathlib import Path

from ecommerce_ai.embedded import locks
from ecommerce_ai.embedded.addresses import CHECKOUT

IN_USE = 3
_children: dict[Path, subprocess.Popen[bytes]] = {}
_SCRIPT = f"""
while flock --exclusive "$1" true
do "$2" -m ecommerce_ai.embedded "$3"; [ $? -eq {IN_USE} ] || exit
done
"""


def start_keeper(home: Path) -> None:
    """Starts the home's keeper unless it has one. For whoever holds the start lock."""
    lock = home / "locks" / "keeper"
    if locks.is_held(lock):
        return
    with locks.locked(lock) as descriptor, (home / "logs" / "keeper.log").open("ab") as log:
        _children[lock] = subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT, "keeper", str(home / "locks" / "users"), sys.executable, str(home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=[descriptor],
            cwd=CHECKOUT,
            start_new_session=True,
        )


def stop_keeper(home: Path) -> None:
    """Ends the home's keeper, which has nothing to keep any more; a keeper that calls this lives on."""
    lock = home / "locks" / "keeper"
    locks.send(signal.SIGKILL, locks.holders(lock))
    if child := _children.pop(lock, None):
        child.wait()
