"""What every test may ask for. The parts are in ``tests/plugins``."""

import hypothesis
import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugins.lacking",
    "tests.plugins.broker",
    "tests.plugins.mail",
    "tests.plugins.worker",
    "tests.plugins.browser",
]

# No deadline: the speed of the machine is no property of the code.
hypothesis.settings.register_profile(
    "laureate", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("laureate")


def pytest_addoption(parser: pytest.Parser) -> None:
    # Read by tests/settings.py, before any plugin is configured.
    parser.addoption("--db", choices=["sqlite", "postgres"], help="the database to test on (default: sqlite)")


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database: the rest gives the same answer and has run on SQLite."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    asking, other = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        (asking if asks and not item.get_closest_marker("any_database") else other).append(item)
    config.hook.pytest_deselected(items=other)
    items[:] = asking


def pytest_report_header(config: pytest.Config) -> str:
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Every test begins in the product's first language, whatever language the one before it ended in."""
    translation.deactivate()
