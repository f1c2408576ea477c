from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        of_programme = ("activities", "agreements", "partners", "operations", "training", "plan", "notes")
        for kinds in ("states", "updates", "facts", "papers", "network", "teams", *of_programme):
            import_module(f"search.kinds.{kinds}")  # each registers what it holds; its models are there only now
