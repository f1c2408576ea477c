import re
from datetime import timedelta
from pathlib import Path

import lucide
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from common.templatetags import looks

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("status", looks.STATUSES)
def test_every_status_is_shown_with_its_icon_and_word(status):
    with translation.override("en"):
        shown = render_to_string("components/pill.html", {"status": status})

    assert "<svg" in shown
    assert str(looks.STATUSES[status].word) in shown


def test_a_status_without_a_look_is_shown_as_it_is():
    assert looks.look("on_the_way").word == "on_the_way"


def test_days_until_counts_from_today_and_below_zero():
    today = timezone.localdate()

    assert [looks.days_until(today + timedelta(days=n)) for n in (9, 0, -7)] == [9, 0, -7]


def test_words_of_a_person_are_escaped():
    shown = render_to_string("components/note.html", {"text": "<script>alert(1)</script>"})

    assert "<script>" not in shown


def test_meter_says_its_stage_in_a_sentence():
    with translation.override("en"):
        shown = render_to_string("components/meter.html", {"stage": 3, "region": 2})

    assert "Stage 3 of 5, Established. The region stands at 2, Formative." in shown
    assert shown.count('class="st3"') == 3


def test_dot_row_draws_with_points_in_every_language():
    with translation.override("es"):
        shown = render_to_string("components/dotrow.html", {"label": "x", "now": 3.2, "region": 2.7})

    assert 'cx="3.20"' in shown
    assert 'd="M2.70 ' in shown


def test_error_page_needs_no_request():
    with translation.override("en"):
        assert "Something went wrong here" in render_to_string("500.html")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_or_script(template):
    text = template.read_text()

    assert "emails" in template.parts or not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_icons_exist(template):
    for name in re.findall(r'{% lucide "([a-z0-9-]+)"', template.read_text()):
        assert lucide._render_icon(name, 16)
