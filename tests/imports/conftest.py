import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from common.scope import PROGRAMME, scope
from imports.models import TableImport


class Desk:
    """An officer at the pages of imports."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def send(self, kind: str, content: bytes | list[list[Any]], of: str = "") -> Any:
        given = content if isinstance(content, bytes) else written(content)
        file = SimpleUploadedFile("table.csv", given)
        return self.client.post(f"/imports/new/{kind}/{f'?of={of}' if of else ''}", {"file": file})

    def look(self, kind: str, content: bytes | list[list[Any]], of: str = "") -> TableImport:
        answer = self.send(kind, content, of)
        assert answer.status_code == 302, answer.content.decode()
        return sheet_of(answer["Location"])

    def confirm(self, sheet: TableImport) -> str:
        page = f"/imports/{sheet.pk}/"
        answer = self.client.post(f"{page}import/", {"fingerprint": sheet.fingerprint}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def kept(self, kind: str, of: str = "") -> list[list[str]]:
        answer = self.client.get(f"/imports/new/{kind}/rows.csv{f'?of={of}' if of else ''}")
        return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def sheet_of(address: str) -> TableImport:
    with scope(PROGRAMME):
        return TableImport.objects.get(pk=int(address.rstrip("/").split("/")[-1]))


def written(rows: list[list[Any]]) -> bytes:
    target = StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def workbook(rows: list[list[Any]]) -> bytes:
    book, target = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def sheet_in(response: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(response.getvalue())).worksheets[0].iter_rows(values_only=True))


@pytest.fixture
def desk(sign_in: Any, officer: Any) -> Desk:
    return Desk(sign_in(officer))
