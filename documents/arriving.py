"""How an upload arrives: a large one is laid down beside first, and there may be no room for it."""

import logging
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.refusal import FULL

logger = logging.getLogger(__name__)


class NoRoom(SimpleUploadedFile):
    """Stands for a file that could not be laid down; ``check_upload`` refuses it. The rest of the form is whole."""


class UploadHandler(TemporaryFileUploadHandler):
    """Without room the other fields still arrive: what was typed is not lost with the file."""

    has_room = True

    def new_file(self, *arguments: Any, **known: Any) -> None:
        self.has_room = True
        try:
            super().new_file(*arguments, **known)
        except OSError as error:
            self._note(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            if self.has_room:
                super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._note(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            if self.has_room:
                return super().file_complete(file_size)
        except OSError as error:  # the last bytes are written here
            self._note(error)
        return NoRoom(str(self.file_name), b"", str(self.content_type))

    def _note(self, error: OSError) -> None:
        if getattr(self, "file", None):
            with suppress(OSError):  # what is still in memory has no room either
                self.file.close()
        if error.errno not in FULL:
            raise error
        self.has_room = False
        logger.error("There is no room for an upload to arrive: %s", error)
