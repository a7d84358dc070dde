"""What every test may ask for. The parts are in ``tests/plugins``."""

import hypothesis
import pytest

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


def pytest_report_header(config: pytest.Config) -> str:
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Russian is spoken in tests too: locale/*.po are compiled where they are newer than their .mo."""
    from config import catalogues

    catalogues.compile_all()
