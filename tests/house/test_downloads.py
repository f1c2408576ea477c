"""Every list of the portal can be taken along as CSV and as a workbook."""

from django.urls import get_resolver

# What people set up for themselves, a page or two long, and the mails of a trial.
OWN = {
    "enquiry-list", "feed-list", "machine-token-list", "mail-list", "session-list", "subscription-list", "token-list",
    "webhook-list",
}  # fmt: skip
ENDINGS = ("", "-table", "s", "-list", "-contacts")  # how the files of a list are called


def named(patterns):
    for one in patterns:
        yield from named(one.url_patterns) if hasattr(one, "url_patterns") else [one.name or ""]


def test_every_list_has_both_files():
    names = set(named(get_resolver().url_patterns))
    lists = {name for name in names if name.endswith("-list") and not name.startswith("api-")} - OWN

    assert len(lists) > 30
    for name in lists:
        stem = name.removesuffix("-list")
        for form in ("csv", "xlsx"):
            assert any(f"{stem}{ending}-{form}" in names for ending in ENDINGS), f"{name} has no {form}"


def test_what_is_left_out_is_a_list():
    assert set(named(get_resolver().url_patterns)) >= OWN
