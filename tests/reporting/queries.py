"""Counting what a page asks the database: its questions, without the opening and closing of scopes."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def questions_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get(path)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200, (path, response.status_code)
    sentences = [query["sql"].lstrip("( ") for query in asked.captured_queries]
    return [sql for sql in sentences if sql.startswith("SELECT") and "set_config" not in sql]
