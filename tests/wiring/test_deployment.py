"""docker-compose.yml, the image and the proxy keep what docs/operations.md promises."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

ONCE = {"migrate"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())


def test_all_parts_are_there_and_each_tells_how_it_is(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"db", "redis", "migrate", "web", "worker", "beat", "proxy"}
    assert {name for name, service in services.items() if "healthcheck" not in service} == ONCE


def test_every_secret_comes_from_outside_and_its_absence_stops_the_start(compose: dict[str, Any]) -> None:
    environments = [service.get("environment", {}) for service in compose["services"].values()]
    secrets = {
        (name, value)
        for environment in environments
        for name, value in environment.items()
        if re.search("SECRET|PASSWORD|EMAIL_URL|DATABASE_URL", name)
    }
    assert {name for name, _ in secrets} == {"SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL", "DATABASE_URL"}
    assert [name for name, value in secrets if not re.search(r"\$\{[A-Z_]+:\?", value)] == []


def test_private_files_are_out_of_the_proxys_reach(compose: dict[str, Any]) -> None:
    services = compose["services"]
    private = [name for name, service in services.items() if any("var:" in v for v in service.get("volumes", []))]
    assert private == ["migrate", "web", "worker", "beat"]
    roots = re.findall(r"(?:root|alias)\s+(\S+);", (settings.BASE_DIR / "deploy" / "nginx.conf").read_text())
    assert sorted(roots) == ["/etc/nginx/tls", "/srv/static/"]


def test_database_and_broker_cannot_be_reached_from_outside(compose: dict[str, Any]) -> None:
    assert compose["networks"]["data"] == {"internal": True}
    for name in ("db", "redis"):
        assert compose["services"][name]["networks"] == ["data"]
        assert "ports" not in compose["services"][name]


def test_the_application_runs_as_nobody_special(compose: dict[str, Any]) -> None:
    for name in ("migrate", "web", "worker", "beat"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text()
    app = dockerfile[dockerfile.index(" AS app") : dockerfile.index(" AS proxy")]
    assert "USER laureate" in app


def test_a_worker_is_given_longer_than_its_longest_task(compose: dict[str, Any]) -> None:
    grace = int(compose["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_TASK_TIME_LIMIT


def test_every_variable_of_the_compose_file_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (settings.BASE_DIR / "docker-compose.yml").read_text()))
    told = set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert asked - told == set()


def test_every_variable_of_the_settings_stands_in_the_example() -> None:
    asked = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (settings.BASE_DIR / "config" / "settings.py").read_text()))
    told = set(re.findall(r"^#?([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert asked - told == {"ENV_FILE", "STATIC_MANIFEST"}


def test_static_files_can_be_read_by_the_proxy_and_uploads_by_nobody_else(tmp_path: Path) -> None:
    static = storages.create_storage({**settings.STORAGES["staticfiles"], "OPTIONS": static_options(tmp_path)})
    uploads = FileSystemStorage(location=tmp_path / "private")
    modes = [Path(store.path(store.save("a/x.txt", ContentFile(b"x")))).stat().st_mode for store in (static, uploads)]
    assert [oct(mode & 0o777) for mode in modes] == ["0o644", "0o600"]


def static_options(folder: Path) -> dict[str, Any]:
    return {**settings.STORAGES["staticfiles"]["OPTIONS"], "location": folder / "static"}
