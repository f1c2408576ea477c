import argparse
import csv
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from common.catalogue import files
from common.catalogue.checks import allowed_same, problems
from common.catalogue.extraction import messages_in
from common.catalogue.glossary import Glossary
from common.catalogue.rows import MISSING_COLUMNS, fill, missing_rows, read_rows

SOURCE_LANGUAGE = "en"


class Command(BaseCommand):
    help = "Brings the translation catalogues in step with the code; checks them; hands them to translators."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--check", action="store_true", help="Fail when a language is not complete.")
        group.add_argument("--missing", metavar="LANG", help="Print what has no translation, as CSV.")
        group.add_argument("--fill", nargs=2, metavar=("LANG", "FILE.csv"), help="Take translations from CSV.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.root = Path(settings.BASE_DIR)
        self.locale = self.root / "locale"
        if options["check"]:
            self.check_all()
        elif options["missing"]:
            self.print_missing(known(options["missing"]))
        elif options["fill"]:
            language, sheet = options["fill"]
            self.fill(known(language), Path(sheet))
        else:
            self.bring_in_step()

    def bring_in_step(self) -> None:
        messages, glossary = messages_in(self.root), Glossary.of(self.locale)
        for language in languages():
            old = files.read(self.locale, language)
            new = files.merged(old, messages, glossary=glossary, language=language)
            files.write(new, self.locale, language)
            dropped = len(files.by_key(old).keys() - files.by_key(new).keys())
            missing = len(missing_rows(new))
            self.stdout.write(f"{language}: {len(new)} texts, {missing} without translation, {dropped} dropped.")

    def check_all(self) -> None:
        messages, same = messages_in(self.root), allowed_same(self.locale)
        found = [
            problem
            for language in languages()
            for problem in problems(files.read(self.locale, language), messages, language=language, same=same)
        ]
        self.refuse(found, "The translations are not complete.")
        self.stdout.write(f"{len(messages)} texts are translated in {', '.join(languages())}.")

    def print_missing(self, language: str) -> None:
        sheet = csv.writer(self.stdout, lineterminator="\n")
        sheet.writerow(MISSING_COLUMNS)
        sheet.writerows(missing_rows(files.read(self.locale, language)))

    def fill(self, language: str, sheet: Path) -> None:
        if not sheet.is_file():
            raise CommandError(f"There is no file {sheet}.")
        catalogue = files.read(self.locale, language)
        filled = fill(catalogue, read_rows(sheet))
        files.write(catalogue, self.locale, language)
        self.stdout.write(f"{language}: {filled.taken} translations taken.")
        self.refuse(filled.problems, "The other rows were taken; these were not.")

    def refuse(self, found: list[str], summary: str) -> None:
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{summary} {len(found)} to mend.")


def languages() -> list[str]:
    return [to_locale(code) for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def known(language: str) -> str:
    """Accepts pt-br and pt_BR alike."""
    locale = to_locale(language.replace("_", "-").lower())
    if locale not in languages():
        raise CommandError(f"“{language}” is not a language to translate into. Use {', '.join(languages())}.")
    return locale
