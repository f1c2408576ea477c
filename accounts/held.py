"""What somebody typed while their session ended: it goes with them through signing in, and is sent when they say so."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest

from accounts import device

SALT = "accounts.held"
MOST_SECONDS = 12 * 3600
MOST_CHARACTERS = 500_000
NEVER = ("/administration/", "/api/")


@dataclass(frozen=True)
class Held:
    """A posted form: where it was going, its fields, and the names of files, which cannot be kept."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]
    person: int  # whose session ended: shown to nobody else who signs in from that browser

    @classmethod
    def of(cls, request: HttpRequest) -> "Held | None":
        """Nothing of a form with a password in it, of one that is too large to go along, or of nobody known here."""
        people = device.people_of(request)
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
        is_secret = any("password" in name for name, _value in fields) or request.path.startswith(NEVER)
        if is_secret or not fields or not people or sum(len(value) for _name, value in fields) > MOST_CHARACTERS:
            return None
        files: list[Any] = [upload for uploads in request.FILES.lists() for upload in uploads[1]]
        return cls(request.get_full_path(), fields, [str(upload.name) for upload in files], people[0])

    def seal(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def unseal(cls, sealed: str) -> "Held | None":
        """Nobody but this portal can have written it, and not long ago."""
        try:
            return cls(**signing.loads(sealed, salt=SALT, max_age=MOST_SECONDS))
        except (signing.BadSignature, TypeError):
            return None
