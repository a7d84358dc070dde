from django.apps import AppConfig


class EssaysConfig(AppConfig):
    name = "essays"
    verbose_name = "From the call to the blind copy"

    def ready(self) -> None:
        from essays import wiring  # noqa: F401  (fills the lists of what others ask on import)
