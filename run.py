#!/usr/bin/env python3
"""One door to the product on a fresh machine, with nothing but Python.

    python3 run.py            install what is missing, then start everything (the same as `make run`)
    python3 run.py install    only install (`install --dev` adds what checking needs)
    python3 run.py test       install and run every check (the same as `make test`)

Only the standard library is used here, and only syntax that an old Python can read, so that an old one
gets a sentence instead of a traceback. The work is done by the Python of ``.venv``, made here.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
HOME = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HOME, ".venv")
WINDOWS = os.name == "nt"
VENV_PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.sha256")


def main(arguments: "list[str]") -> None:
    command = arguments[0] if arguments and not arguments[0].startswith("-") else "run"
    rest = arguments[1:] if arguments[:1] == [command] else arguments
    if command not in ("run", "install", "test"):
        sys.exit(__doc__)
    if sys.version_info < OLDEST:
        hand_over_to_newer_python(arguments)
    os.chdir(HOME)
    install("dev" if command == "test" or "--dev" in rest else "runtime")
    module = {"run": "config.services.supervisor", "test": "config.verification"}.get(command)
    if module:
        start([VENV_PYTHON, "-m", module] + rest)


def hand_over_to_newer_python(arguments: "list[str]") -> None:
    """Go on with a newer Python if the machine has one; otherwise say what is needed."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer and works(newer):
            start([newer, os.path.join(HOME, "run.py")] + arguments)
    sys.exit(
        "Laureate needs Python %d.%d or newer; this is Python %d.%d (%s).\n"
        "Install a newer one and start it by name, for example: python3.12 run.py"
        % (OLDEST[0], OLDEST[1], sys.version_info[0], sys.version_info[1], sys.executable)
    )


def install(kind: str) -> None:
    """Bring ``.venv`` to ``requirements/<kind>.txt`` and ``models.txt``; at once when it is there already."""
    wanted = lock_hash(kind)
    try:
        with open(STAMP) as stamp:
            installed = stamp.read().split()
    except OSError:
        installed = []
    # dev.txt holds everything that runtime.txt holds, so a current dev installation serves both.
    if (wanted in installed or lock_hash("dev") in installed) and works(VENV_PYTHON):
        return
    uv = shutil.which("uv")
    if not works(VENV_PYTHON):
        say("Making .venv with Python %d.%d" % tuple(sys.version_info[:2]))
        make_venv(uv)
    say("Installing the locked dependencies (requirements/%s.txt)" % kind)
    options = ["--quiet", "--quiet", "--require-hashes", "--no-deps"]
    for name in (kind, "models"):
        options += ["-r", lock(name)]
    commands = [[VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check"] + options]
    if uv:
        commands.insert(0, [uv, "pip", "install", "--python", VENV_PYTHON] + options)
    if not any(subprocess.call(command) == 0 for command in commands):
        sys.exit("The dependencies could not be installed: the reason is above. Nothing was started.")
    # In use from now on: compiled catalogues are made from locale/*.po, never kept under version control.
    subprocess.check_call([VENV_PYTHON, "-m", "config.catalogues", "compile"])
    with open(STAMP, "w") as stamp:
        stamp.write("\n".join([wanted, lock_hash("runtime")]) + "\n")


def make_venv(uv: "str | None") -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if uv and subprocess.call([uv, "venv", "--quiet", "--seed", "--python", sys.executable, VENV]) == 0:
        return
    sys.exit(
        "This Python cannot make a virtual environment. On Debian and Ubuntu: "
        "apt install python3-venv (or python%d.%d-venv)" % tuple(sys.version_info[:2])
    )


def works(python: str) -> bool:
    """Whether this interpreter starts and is new enough (a moved or upgraded one leaves a dead link)."""
    try:
        code = "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)
        return subprocess.call([python, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def lock_hash(kind: str) -> str:
    """Tells apart every state of what ``install(kind)`` brings."""
    digest = hashlib.sha256()
    for name in (kind, "models"):
        with open(lock(name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def lock(name: str) -> str:
    return os.path.join(HOME, "requirements", name + ".txt")


def start(command: "list[str]") -> None:
    """Become this command, so that signals reach it and no process stands between."""
    sys.stdout.flush()
    if WINDOWS:  # has no exec that keeps the terminal
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def say(words: str) -> None:
    sys.stdout.write("· %s\n" % words)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
