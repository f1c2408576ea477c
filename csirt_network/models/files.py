"""A checked upload that belongs to something of the network: seen exactly by those who see what it belongs to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.names import extension_of


def storage_name(file: "KeptFile", name: str) -> str:
    """Random, so that nothing can be told or guessed from it."""
    return f"{file.token.hex[:2]}/{file.token.hex}"


class KeptFile(models.Model):
    """Kept under a random name (`csirt_network.actions.files.keep`), served only by a view that asks both walls."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.FileField(upload_to=storage_name, max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        return extension_of(self.name).upper()
