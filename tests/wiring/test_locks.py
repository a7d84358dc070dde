"""The lock files: whole, hashed, and silent about where packages come from."""

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
