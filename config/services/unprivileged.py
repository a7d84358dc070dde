"""Run a program that refuses root, as somebody else: ``python unprivileged.py FOLDER PROGRAM ARGUMENT…``

PostgreSQL will not start as root, and CI machines often have nobody but root. The program is run in a user
namespace where root outside is uid 1000 inside: every file stays reachable and nothing has to change its
owner. Where namespaces are forbidden (many containers), it is run as ``nobody``, to whom FOLDER is given.
"""

import ctypes
import os
import sys

CLONE_NEWUSER = 0x10000000
INSIDE = 1000
NOBODY = 65534


def enter_namespace() -> bool:
    """Enter a new user namespace as an ordinary user; False where the kernel or a sandbox forbids it."""
    if not sys.platform.startswith("linux"):
        return False
    outside_user, outside_group = os.getuid(), os.getgid()
    # os.unshare exists from Python 3.12 on.
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        return False
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE} {outside_user} 1"),
        ("gid_map", f"{INSIDE} {outside_group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as control:
            control.write(text)
    return True


def become_nobody(folder: str) -> None:
    """Drop to ``nobody`` for good, after giving ``folder`` and what is in it to that user."""
    for parent, _, files in os.walk(folder):
        for path in [parent, *(f"{parent}/{name}" for name in files)]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def main() -> None:
    folder, *command = sys.argv[1:]
    if os.getuid() == 0 and not enter_namespace():
        become_nobody(folder)
    try:
        os.execv(command[0], command)
    except PermissionError:
        sys.exit(f"{command[0]} cannot be run by an ordinary user: put the project where others may enter.")


if __name__ == "__main__":
    main()
