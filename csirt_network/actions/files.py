"""Keeping a file of the network: checked, whole on the disk, then its row."""

from typing import Any, TypeVar

from csirt_network.models.files import KeptFile, storage_name
from documents.actions import write_checked
from documents.checks import check_upload

K = TypeVar("K", bound=KeptFile)


def keep(file: K, *, upload: Any) -> K:
    """Fills `file`, an unsaved row, from an upload and saves it, inside the scope of whoever brings it.

    Raises documents' Refused, whose sentence is for that person. Should the transaction be undone, the file stays
    without a row until ``check_files --remove`` takes it away.
    """
    checked = check_upload(upload)
    file.name, file.media_type = checked.clean_name, checked.media_type
    file.size, file.sha256 = checked.size, checked.sha256
    file.content.name = storage_name(file, checked.clean_name)
    write_checked(upload, str(file.content.name))
    file.save()
    return file
