from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = "From the blind copy to the announcement"

    def ready(self) -> None:
        from judging import wiring  # noqa: F401  (fills the lists of what others ask on import)
        from judging.assignments import receivers  # noqa: F401  (connects on import)
