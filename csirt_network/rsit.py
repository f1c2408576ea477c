"""The Reference Security Incident Taxonomy, version 1003: 11 classes and 39 types, codes as in MISP's `rsit`.

The classes have their names in four languages from the reference data of the capability profile. Names of types are the
taxonomy's; the descriptions are the portal's own. https://github.com/enisaeu/Reference-Security-Incident-Taxonomy-Task-Force
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

import capability
from common.translated import suffix
from documents.loading import rows_of

VERSION = 1003
UNCLASSED = "other"
FOR_TESTS = "test"
TAG = re.compile(r'rsit:([a-z-]+)(?:="([a-z0-9-]+)")?')
Words = str | Promise


@dataclass(frozen=True)
class IncidentClass:
    code: str
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.words[f"name_{suffix()}"]

    @property
    def help(self) -> str:
        return self.words[f"help_{suffix()}"]


@dataclass(frozen=True)
class IncidentType:
    code: str
    class_code: str
    name: Words
    help: Words


def _class_name(code: str) -> str:
    return CLASSES[code].name


class_name = lazy(_class_name, str)
CLASSES = {
    row["code"]: IncidentClass(row["code"], row)
    for row in rows_of(Path(capability.__file__).parent / "reference" / "threat_classes.csv")
}
_TYPES: Mapping[str, tuple[tuple[str, Words, Words], ...]] = {
    "abusive-content": (
        (
            "spam",
            _("Spam"),
            _("Bulk messages nobody asked for, and what serves them: harvested addresses, sending hosts."),
        ),
        (
            "harmful-speech",
            _("Harmful Speech"),
            _("Threats, stalking, bullying, or attacks on people for who they are."),
        ),
        (
            "violence",
            _("(Child) Sexual Exploitation/Sexual/Violent Content"),
            _("Material of child sexual exploitation, other sexual content, or content that glorifies violence."),
        ),
    ),
    "malicious-code": (
        (
            "infected-system",
            _("Infected System"),
            _("A device that runs malware; usually known because it talks to a sinkholed control server."),
        ),
        ("c2-server", _("C2 Server"), _("A host that gives orders to infected machines.")),
        (
            "malware-distribution",
            _("Malware Distribution"),
            _("An address that hands out malware: a download link in a lure message, or an exploit kit on a site."),
        ),
        (
            "malware-configuration",
            _("Malware Configuration"),
            _("An address that serves a malware's settings, such as the inject rules of a banking trojan."),
        ),
    ),
    "information-gathering": (
        (
            "scanner",
            _("Scanning"),
            _("Probing hosts, services or accounts to learn what is there and where it is weak."),
        ),
        ("sniffing", _("Sniffing"), _("Listening to and recording traffic on a network.")),
        (
            "social-engineering",
            _("Social Engineering"),
            _("Getting information out of a person by deceit, pressure or reward, with no technical attack."),
        ),
    ),
    "intrusion-attempts": (
        (
            "ids-alert",
            _("Exploitation of Known Vulnerabilities"),
            _("A try to break in or disrupt through a flaw that already has a public identifier (such as a CVE)."),
        ),
        ("brute-force", _("Login Attempts"), _("Repeated guesses of passwords or accounts against a service.")),
        ("exploit", _("New Attack Signature"), _("A try that uses a technique or flaw not known before.")),
    ),
    "intrusions": (
        (
            "privileged-account-compromise",
            _("Privileged Account Compromise"),
            _("The attacker holds administrator rights on a system."),
        ),
        (
            "unprivileged-account-compromise",
            _("Unprivileged Account Compromise"),
            _("The attacker holds an ordinary user or service account."),
        ),
        (
            "application-compromise",
            _("Application Compromise"),
            _("An application was taken over through a software flaw, for example SQL injection."),
        ),
        (
            "system-compromise",
            _("System Compromise"),
            _("Someone logged in or ran commands on a system without right; includes attempts seen on honeypots."),
        ),
        ("burglary", _("Burglary"), _("Someone entered a building or room physically.")),
    ),
    "availability": (
        ("dos", _("Denial of Service"), _("One source makes a service crash or crawl with crafted requests.")),
        ("ddos", _("Distributed Denial of Service"), _("Many sources, or reflected traffic, exhaust a service.")),
        ("misconfiguration", _("Misconfiguration"), _("A wrong setting, not an attack, took a service down.")),
        (
            "sabotage",
            _("Sabotage"),
            _("Deliberate damage or threat to a system's running, from a firewall rule to a cut cable."),
        ),
        ("outage", _("Outage"), _("A failure of plant or an act of nature stopped a service.")),
    ),
    "information-content-security": (
        (
            "unauthorised-information-access",
            _("Unauthorised Access to Information"),
            _("Somebody read what they may not: with stolen credentials, by interception, or on paper."),
        ),
        (
            "unauthorised-information-modification",
            _("Unauthorised Modification of Information"),
            _("Somebody changed data without right; covers defacement and encryption by ransomware."),
        ),
        ("data-loss", _("Data Loss"), _("Data is gone, for example through a dead disk or a stolen device.")),
        (
            "data-leak",
            _("Leak of Confidential Information"),
            _("Confidential data, such as credentials or personal data, got out."),
        ),
    ),
    "fraud": (
        (
            "unauthorised-use-of-resources",
            _("Unauthorised Use of Resources"),
            _("An organisation's means are used for somebody's own gain, such as pyramid schemes by its mail."),
        ),
        ("copyright", _("Copyright"), _("Offering or installing unlicensed software or other protected works.")),
        ("masquerade", _("Masquerade"), _("One entity passes itself off as another for gain.")),
        ("phishing", _("Phishing"), _("A lure, most often a URL, made to get a person's credentials.")),
    ),
    "vulnerable": (
        ("weak-crypto", _("Weak Cryptography"), _("A public service still offers broken or weak cryptography.")),
        (
            "ddos-amplifier",
            _("DDoS Amplifier"),
            _("A public service that others can abuse to multiply attack traffic."),
        ),
        (
            "potentially-unwanted-accessible",
            _("Potentially Unwanted Accessible Services"),
            _("A service its owner probably did not mean to expose to the Internet (Telnet, RDP, VNC)."),
        ),
        (
            "information-disclosure",
            _("Information Disclosure"),
            _("A public service that may give away sensitive data (SNMP, Redis)."),
        ),
        (
            "vulnerable-system",
            _("Vulnerable System"),
            _("A system open to known attacks: an old version, a bad proxy setting, a scripting flaw."),
        ),
    ),
    "other": (
        ("other", _("Uncategorised"), _("Fits none of the other classes, or nobody has classed it.")),
        ("undetermined", _("Undetermined"), _("The class cannot be known yet.")),
    ),
    "test": (("test", _("Test"), _("For tests only; keep out of statistics.")),),
}
TYPES = {
    code: IncidentType(code, class_code, name, help)
    for class_code, types in _TYPES.items()
    for code, name, help in types
}


def class_of(type_code: str) -> IncidentClass:
    """Raises KeyError for a code the taxonomy does not have."""
    return CLASSES[TYPES[type_code].class_code]


def types_of(class_code: str) -> list[IncidentType]:
    return [kind for kind in TYPES.values() if kind.class_code == class_code]


def class_choices() -> list[tuple[str, Words]]:
    """For `choices=`, given as the function: names in the reader's language, and none of them in migrations."""
    return [(code, class_name(code)) for code in CLASSES]


def type_choices() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """For `choices=` likewise, grouped by class."""
    return [(class_name(code), [(kind.code, kind.name) for kind in types_of(code)]) for code in CLASSES]


def misp_tag(class_code: str, type_code: str = "") -> str:
    """`rsit:malicious-code="c2-server"`, or `rsit:malicious-code` where the type is not known."""
    return f'rsit:{class_code}="{type_code}"' if type_code else f"rsit:{class_code}"


def of_misp_tag(tag: str) -> tuple[str, str] | None:
    """The codes of class and type (empty where the tag names none); None for what is no tag of the taxonomy."""
    found = TAG.fullmatch(tag.strip())
    if not found or found[1] not in CLASSES:
        return None
    type_code = found[2] or ""
    return (found[1], type_code) if not type_code or _is_of(type_code, found[1]) else None


def _is_of(type_code: str, class_code: str) -> bool:
    return type_code in TYPES and TYPES[type_code].class_code == class_code
