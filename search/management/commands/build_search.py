from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import build


class Command(BaseCommand):
    help = "Makes the index of the search anew, from everything that can be found."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, number in build().items():
            self.stdout.write(f"{kind}: {number}")
