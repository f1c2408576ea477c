from typing import Any

from django.core.management.base import BaseCommand

from oas_cyber.published import load_published


class Command(BaseCommand):
    help = "Loads the published data: states, maturity model, levels of 2016, national facts, indices, teams."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, change in load_published().items():
            self.stdout.write(f"{name}: {change.rows} rows, {change.added} added, {change.changed} changed")
