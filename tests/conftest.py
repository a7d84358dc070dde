"""What every test may ask for. The parts are in ``tests/plugins``."""

import hypothesis
import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugins.lacking",
    "tests.plugins.broker",
    "tests.plugins.worker",
    "tests.plugins.mail",
    "tests.plugins.browser",
]

# No deadline: the speed of the machine is no property of the code. The same examples each time, so that nothing fails
# today that held yesterday; new ones are looked for with ``--hypothesis-profile explore``.
CALM = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow], "print_blob": True}
hypothesis.settings.register_profile("laureate", derandomize=True, **CALM)
hypothesis.settings.register_profile("explore", max_examples=1000, **CALM)
hypothesis.settings.load_profile("laureate")


def pytest_addoption(parser: pytest.Parser) -> None:
    # Read by tests/settings.py, before any plugin is configured.
    parser.addoption("--db", choices=["sqlite", "postgres"], help="the database to test on (default: sqlite)")
    parser.addoption(
        "--part", choices=["all", "data", "pure"], default="all", help="only what asks a database, or only the rest"
    )


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The chosen part; on PostgreSQL only what asks the database: the rest gives the same answer and runs on SQLite."""
    from django.conf import settings

    part, postgres = config.getoption("--part"), not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    chosen, other = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        fits = not asks if part == "pure" else asks or (part == "all" and not postgres)
        if postgres and item.get_closest_marker("any_database"):
            fits = False
        (chosen if fits else other).append(item)
    config.hook.pytest_deselected(items=other)
    items[:] = chosen


def pytest_report_header(config: pytest.Config) -> str:
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Every test begins in the product's first language, whatever language the one before it ended in."""
    translation.deactivate()
