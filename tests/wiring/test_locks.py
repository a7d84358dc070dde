"""The lock files: whole, hashed, and silent about where packages come from."""

import re

from django.conf import settings

import run
from config import locks

GOOD = "django==5.2.19 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nredis==8.1.0 \\\n    --hash=sha256:cc\n"


def test_the_locks_of_the_project_are_whole() -> None:
    assert locks.all_problems() == []


def test_a_whole_lock_has_no_problem() -> None:
    assert locks.problems("x.txt", GOOD, "Django==5.2.*\nredis\n") == []


def test_an_address_an_index_or_a_folder_of_packages_is_found() -> None:
    for line in (
        "--index-url https://packages.example.org/simple",
        "--extra-index-url=file",
        "--find-links /srv/wheels",
        "thing @ https://packages.example.org/thing.whl --hash=sha256:aa",
    ):
        assert locks.problems("x.txt", f"{line}\n{GOOD}", "") != []


def test_a_missing_hash_and_a_missing_package_are_named() -> None:
    found = locks.problems("x.txt", GOOD + "lxml==6.1.3\n", "celery[redis]\nlxml ; python_version > '3'\n")
    assert found == ["x.txt: no hash: lxml==6.1.3", "x.txt: not locked: celery"]


def test_every_way_to_install_brings_code_and_models() -> None:
    image = (settings.BASE_DIR / "Dockerfile").read_text()
    installed = re.search(r"RUN .*pip install .*--require-hashes --no-deps (.+)", image)
    assert installed is not None
    assert installed[1].split() == ["-r", "/tmp/runtime.txt", "-r", "/tmp/models.txt"]
    asked = [run.lock_hash(kind) for kind in ("runtime", "dev")]
    assert len(set(asked)) == 2
