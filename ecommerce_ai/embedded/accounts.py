"""Which operating-system user the servers run as. PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ecommerce_ai.embedded.errors import EmbeddedError

_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The servers' user; `is_other` when it is not the user of this process, which is root then."""

    uid: int
    gid: int
    is_other: bool

    def command(self, arguments: list[str], *, reaches: Path) -> list[str]:
        """The command line that runs `arguments` as this user, who has to reach a directory of ours.

        Where the way there is closed (a checkout under /root), the servers keep the one capability that
        opens it.
        """
        if not self.is_other:
            return arguments
        drop = ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        return [*drop, *self._capabilities(drop, [Path(arguments[0]), reaches]), "--", *arguments]

    def own(self, path: Path) -> None:
        """Gives a file or a directory to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def _capabilities(self, drop: list[str], paths: list[Path]) -> list[str]:
        script = 'for path do test -x "$path" || exit 1; done'
        probe = subprocess.run([*drop, "--", "/bin/sh", "-c", script, "sh", *map(str, paths)], check=False)
        if probe.returncode == 0:
            return []
        return ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def server_account(home: Path) -> Account:
    """Ourselves; for root the user who has the data already, or the home, or else an unprivileged one."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    for path in (home / "postgres", home):
        if path.exists() and (found := path.stat()).st_uid != 0:
            return Account(found.st_uid, found.st_gid, is_other=True)
    return _unprivileged_account()


def _unprivileged_account() -> Account:
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_other=True)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as."
    )
