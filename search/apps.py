from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        ours = ("states", "updates", "facts", "papers", "network", "teams", "activities", "agreements", "partners")
        for kinds in ours:
            import_module(f"search.kinds.{kinds}")  # each registers what it holds; its models are there only now
