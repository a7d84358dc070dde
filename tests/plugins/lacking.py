"""What this machine lacks is said loudly at the end; in CI it is a failure, and so is every skipped test."""

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")

_lacking: dict[str, str] = {}


def lacks(thing: str, remedy: str) -> NoReturn:
    """Leave the test because the machine has no ``thing``; ``remedy`` tells how to get it."""
    _lacking[thing] = remedy
    if IN_CI:
        pytest.fail(f"This machine has no {thing}. {remedy}", pytrace=False)
    pytest.skip(f"no {thing}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing may be: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _lacking:
        return
    terminalreporter.section("THIS MACHINE LACKS SOMETHING: NOT EVERYTHING WAS TESTED", red=True, bold=True)
    for thing, remedy in _lacking.items():
        terminalreporter.line(f"{thing}: {remedy}", red=True)
