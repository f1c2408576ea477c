import hashlib
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from common.compiled import compile_catalogues
from documents.models import Loaded
from oas_cyber.published import load_published

LEDGER: dict[str, Any] = {"model": "prepare", "key": "published data"}


class Command(BaseCommand):
    help = "Makes the portal ready to start: translations, published data, the sample of the trial, the search."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="Leave the sample people and figures out.")

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        compile_catalogues()
        self.load_when_changed()
        if not empty:
            call_command("load_sample", stdout=StringIO())
        call_command("build_search", stdout=StringIO())

    def load_when_changed(self) -> None:
        """The data's fingerprint stands in the database it was loaded into."""
        fingerprint = {"sha256": fingerprint_of(published_files())}
        if Loaded.objects.filter(**LEDGER, values=fingerprint).exists():
            return
        changes = load_published().values()
        rows, added, changed = (sum(column) for column in zip(*changes, strict=True))
        self.stdout.write(f"Published data: {rows} rows, {added} added, {changed} changed")
        Loaded.objects.update_or_create(defaults={"values": fingerprint, "object_id": 0}, **LEDGER)


def published_files() -> list[Path]:
    """The sheets, and the code that reads them."""
    house = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    patterns = ("reference/*.csv", "imports.py", "imports/*.py", "loading.py")
    return sorted(found for app in house for pattern in patterns for found in app.glob(pattern))


def fingerprint_of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
