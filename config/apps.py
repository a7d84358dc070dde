from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks that refuse an insecure start."""

    name = "config"
    label = "laureate_config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers on import)
