"""security.txt (RFC 9116): what a team's server says about whom to write to, and whether it says it rightly."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.fetching import Fetcher, NotAllowed, Unreachable

PATH = "/.well-known/security.txt"
MOST_BYTES = 32 * 1024
MOST_LINES = 500
MOST_FINDINGS = 50
A_YEAR = timedelta(days=366)
FIELDS = {
    "contact": "contacts",
    "encryption": "encryption",
    "acknowledgments": "acknowledgments",
    "canonical": "canonical",
    "policy": "policy",
    "hiring": "hiring",
    "csaf": "csaf",
}
LINE = re.compile(r"([!-9;-~]+): +(\S.*)")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE | re.ASCII)
LANGUAGE = re.compile(r"([a-z]{2,8}(-[a-z0-9]{1,8})*|\*)", re.IGNORECASE)
ARMOUR = "-----BEGIN PGP SIGNED MESSAGE-----"
SIGNATURE, END = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
WITH_SCHEME = {"contacts": ("mailto", "tel", "https", "sip", "xmpp"), "encryption": ("https", "openpgp4fpr", "dns")}
Words = str | Promise

ERRORS: Mapping[str, Words] = {
    "not-allowed": _("The portal does not ask this address: it is not one of the public internet."),
    "unreachable": _("The server did not answer."),
    "not-found": _("The server has no such file: it answered %(value)s."),
    "too-long": _("The file is longer than any such file: only its beginning was read."),
    "not-utf8": _("The file is not written in UTF-8."),
    "no-field": _("Line %(line)s is neither a field such as “Contact: mailto:csirt@example.org” nor a comment with #."),
    "no-contact": _("It names no contact: add a line such as “Contact: mailto:csirt@example.org”."),
    "no-scheme": _("Line %(line)s needs a full address with mailto:, tel: or https:// before it: %(value)s"),
    "no-link": _("Line %(line)s needs an address that begins with https://, not %(value)s."),
    "not-https": _("Line %(line)s: addresses on the web begin with https://, not %(value)s."),
    "no-expires": _("It does not say until when it holds: add a line such as “Expires: 2027-06-30T00:00:00Z”."),
    "expires-twice": _("Line %(line)s: “Expires” may stand there only once."),
    "no-moment": _("Line %(line)s: %(value)s is no date and time such as 2027-06-30T00:00:00Z."),
    "expired": _("It held until %(value)s. What has ended is not to be trusted: renew it."),
    "languages-twice": _("Line %(line)s: “Preferred-Languages” may stand there only once."),
    "no-language": _("Line %(line)s: %(value)s is no code of a language such as es or pt-BR."),
    "other-place": _("Its lines “Canonical” do not name %(value)s, where it was found: it may be a copy."),
    "no-csaf": _("Line %(line)s: “CSAF” leads to a file named provider-metadata.json, not to %(value)s."),
    "half-signed": _("It begins as a signed message, but has no signature at its end."),
    "after-signature": _("Line %(line)s stands after the signature, where anybody could have added it."),
}
ADVICE: Mapping[str, Words] = {
    "other-host": _("The server sent the portal on to %(value)s. Better keep the file on the server itself."),
    "far-expires": _("It holds for more than a year. Better renew it every year, so that people can trust it."),
    "ends-soon": _("It ends on %(value)s, in less than thirty days. Renew it."),
    "no-encryption": _("It gives an e-mail address, but no key to write to it: add a line “Encryption”."),
    "not-signed": _("It is not signed. The standard advises an OpenPGP signature and a line “Canonical”."),
    "no-canonical": _("It is signed, but has no line “Canonical” that says where it belongs."),
    "no-languages": _("It does not say in which languages one may write: add “Preferred-Languages: es, en”."),
}
SENTENCES = {**ERRORS, **ADVICE}


@dataclass(frozen=True)
class Finding:
    """Kept as it is (`as_row`); its sentence is read in the language of whoever looks."""

    code: str
    line: int = 0
    value: str = ""

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % {"line": self.line, "value": self.value}

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    def as_row(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass
class SecurityTxt:
    url: str
    contacts: list[str] = field(default_factory=list)
    expires: datetime | None = None
    encryption: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)
    csaf: list[str] = field(default_factory=list)
    canonical: list[str] = field(default_factory=list)
    acknowledgments: list[str] = field(default_factory=list)
    hiring: list[str] = field(default_factory=list)
    is_found: bool = True
    is_signed: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        return not any(finding.is_error for finding in self.findings)

    def find(self, code: str, line: int = 0, value: str = "") -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(code, line, value[:200]))


def address_of(domain: str) -> str:
    return f"https://{domain}{PATH}"


def ask(domain: str, fetcher: Fetcher | None = None) -> SecurityTxt:
    """Fetched and checked; never raises: that nobody answered is a finding as well."""
    asked = address_of(domain)
    try:
        reply = (fetcher or Fetcher(most_bytes=MOST_BYTES + 1)).ask("GET", asked)
    except NotAllowed:
        return _not_found(asked, "not-allowed")
    except Unreachable:
        return _not_found(asked, "unreachable")
    if reply.status != 200:
        return _not_found(asked, "not-found", str(reply.status))
    found = check(reply.body, reply.url, also_at=asked)
    if urlsplit(reply.url).hostname != urlsplit(asked).hostname:
        found.find("other-host", value=urlsplit(reply.url).hostname or "")
    return found


def _not_found(url: str, code: str, value: str = "") -> SecurityTxt:
    return SecurityTxt(url, is_found=False, findings=[Finding(code, value=value)])


def check(content: bytes | str, url: str, also_at: str = "") -> SecurityTxt:
    """`also_at` is where the redirects began: a “Canonical” line may name either end."""
    found = SecurityTxt(url)
    for number, line in _signed_lines(found, _lines(found, content)):
        _read(found, number, line)
    _look_over(found, {url, also_at} - {""})
    found.findings.sort(key=lambda finding: (not finding.is_error, finding.line))
    return found


def _lines(found: SecurityTxt, content: bytes | str) -> list[tuple[int, str]]:
    content = content.encode() if isinstance(content, str) else content
    if len(content) > MOST_BYTES:
        found.find("too-long")
    try:
        text = content[:MOST_BYTES].decode()
    except UnicodeDecodeError:
        found.find("not-utf8")
        text = content[:MOST_BYTES].decode(errors="replace")
    return list(enumerate((line.rstrip() for line in text.replace("\x00", "").split("\n")[:MOST_LINES]), 1))


def _signed_lines(found: SecurityTxt, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What a cleartext signature (RFC 9580, section 7) signs, or all lines. The signature itself is not verified."""
    if not lines or lines[0][1] != ARMOUR:
        return lines
    texts = [line for _number, line in lines]
    begin = texts.index("") if "" in texts else len(texts)
    if SIGNATURE not in texts or END not in texts:
        found.find("half-signed")
        return lines[begin:]
    found.is_signed = True
    for number, line in lines[texts.index(END) + 1 :]:
        if line:
            found.find("after-signature", number)
    return [(number, line.removeprefix("- ")) for number, line in lines[begin : texts.index(SIGNATURE)]]


def _read(found: SecurityTxt, number: int, line: str) -> None:
    if not line or line.startswith("#"):
        return
    parts = LINE.fullmatch(line)
    if not parts:
        return found.find("no-field", number)
    name, value = parts[1].lower(), parts[2]
    if name == "expires":
        _read_expires(found, number, value)
    elif name == "preferred-languages":
        _read_languages(found, number, value)
    elif name in FIELDS:
        _read_address(found, number, FIELDS[name], value)


def _read_address(found: SecurityTxt, number: int, name: str, value: str) -> None:
    """Only what can be followed safely is kept: nothing else becomes a link on a page."""
    scheme, colon, rest = value.partition(":")
    scheme = scheme.lower()
    if scheme == "http":
        return found.find("not-https", number, value)
    if not colon or not rest or scheme not in WITH_SCHEME.get(name, ("https",)) or re.search(r"[\s<>\"]", value):
        return found.find("no-scheme" if name == "contacts" else "no-link", number, value)
    if name == "csaf" and not urlsplit(value).path.endswith("/provider-metadata.json"):
        found.find("no-csaf", number, value)
    getattr(found, name).append(value)


def _read_expires(found: SecurityTxt, number: int, value: str) -> None:
    if found.expires or any(finding.code == "no-moment" for finding in found.findings):
        return found.find("expires-twice", number)
    try:
        moment = datetime.fromisoformat(value.upper()) if MOMENT.fullmatch(value) else None
        found.expires = moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        found.expires = None
    if not found.expires:
        found.find("no-moment", number, value)


def _read_languages(found: SecurityTxt, number: int, value: str) -> None:
    if found.languages:
        return found.find("languages-twice", number)
    for language in (part.strip() for part in value.split(",")):
        if LANGUAGE.fullmatch(language):
            found.languages.append(language)
        else:
            found.find("no-language", number, language)


def _look_over(found: SecurityTxt, places: set[str]) -> None:
    codes = {finding.code for finding in found.findings}
    if not found.contacts:
        found.find("no-contact")
    if found.expires:
        _look_at_end(found, found.expires)
    elif "no-moment" not in codes:
        found.find("no-expires")
    if found.canonical and not places & set(found.canonical):
        found.find("other-place", value=found.url)
    if any(contact.lower().startswith("mailto:") for contact in found.contacts) and not found.encryption:
        found.find("no-encryption")
    if not found.is_signed and "half-signed" not in codes:
        found.find("not-signed")
    if found.is_signed and not found.canonical:
        found.find("no-canonical")
    if not found.languages and "no-language" not in codes:
        found.find("no-languages")


def _look_at_end(found: SecurityTxt, expires: datetime) -> None:
    now, day = timezone.now(), expires.date().isoformat()
    if expires <= now:
        found.find("expired", value=day)
    elif expires < now + timedelta(days=30):
        found.find("ends-soon", value=day)
    elif expires > now + A_YEAR:
        found.find("far-expires")
