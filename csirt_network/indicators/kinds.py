"""The kinds of indicators, and their patterns in STIX 2.1."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    IPV4 = "ipv4", _("IPv4 address")
    IPV4_NETWORK = "ipv4-network", _("IPv4 network")
    IPV6 = "ipv6", _("IPv6 address")
    IPV6_NETWORK = "ipv6-network", _("IPv6 network")
    DOMAIN = "domain", _("Domain name")
    URL = "url", _("URL")
    EMAIL = "email", _("E-mail address")
    MD5 = "md5", _("MD5 hash")
    SHA1 = "sha1", _("SHA-1 hash")
    SHA256 = "sha256", _("SHA-256 hash")
    SHA512 = "sha512", _("SHA-512 hash")
    ASN = "asn", _("Autonomous system")
    FILE = "file", _("File name")
    MUTEX = "mutex", _("Mutex")


STIX = {
    Kind.IPV4: "ipv4-addr:value =",
    Kind.IPV4_NETWORK: "ipv4-addr:value ISSUBSET",
    Kind.IPV6: "ipv6-addr:value =",
    Kind.IPV6_NETWORK: "ipv6-addr:value ISSUBSET",
    Kind.DOMAIN: "domain-name:value =",
    Kind.URL: "url:value =",
    Kind.EMAIL: "email-addr:value =",
    Kind.MD5: "file:hashes.MD5 =",
    Kind.SHA1: "file:hashes.'SHA-1' =",
    Kind.SHA256: "file:hashes.'SHA-256' =",
    Kind.SHA512: "file:hashes.'SHA-512' =",
    Kind.FILE: "file:name =",
    Kind.MUTEX: "mutex:name =",
}


def stix_pattern(kind: str, value: str) -> str:
    """A pattern of STIX 2.1 (section 9) for a value as `recognise` gives it."""
    kind = Kind(kind)
    if kind == Kind.ASN:
        return f"[autonomous-system:number = {int(value.removeprefix('AS'))}]"
    written = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"[{STIX[kind]} '{written}']"
