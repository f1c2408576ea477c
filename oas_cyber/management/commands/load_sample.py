from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oas_cyber.sample import SampleRefused, load_sample


class Command(BaseCommand):
    help = "Loads invented people and figures for a trial; refuses a database with real people in it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_sample()
        except SampleRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("The sample is loaded." if loaded else "The sample was loaded before.")
