from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from notices import mailbox


@pytest.fixture
def letter(settings, tmp_path):
    """One mail of the trial, with an HTML part that would act if it were shown."""
    settings.TRIAL, settings.EMAIL_FILE_PATH = True, str(tmp_path / "box")
    message = EmailMultiAlternatives("Chile: año nuevo", "See <b>https://example.org/</b>", to=["a@example.org"])
    message.attach_alternative("<script>alert(1)</script>", "text/html")
    get_connection("notices.mailbox.EmlFolderBackend").send_messages([message])
    return mailbox.letters()[0]


def test_staff_read_the_mail_of_the_trial(letter, officer, sign_in):
    page = sign_in(officer).get("/mail/").content.decode()

    assert "Chile: año nuevo" in page
    assert f"/mail/{letter.name}/" in page


def test_its_time_is_that_of_the_reader(letter, officer, sign_in):
    local = letter.at.astimezone(ZoneInfo(officer.time_zone))

    assert local.utcoffset()
    assert f"{local:%H:%M}" in sign_in(officer).get("/mail/").content.decode()


def test_only_the_text_is_shown(letter, officer, sign_in):
    page = sign_in(officer).get(f"/mail/{letter.name}/").content.decode()

    assert "See &lt;b&gt;" in page
    assert "alert(1)" not in page


def test_others_may_not_read_it(letter, lead_chl, sign_in):
    assert sign_in(lead_chl).get("/mail/").status_code == 403
    assert sign_in(lead_chl).get(f"/mail/{letter.name}/").status_code == 403


def test_outside_a_trial_there_is_no_such_page(letter, officer, sign_in, settings):
    settings.TRIAL = False

    assert sign_in(officer).get("/mail/").status_code == 404
    assert sign_in(officer).get(f"/mail/{letter.name}/").status_code == 404


@pytest.mark.parametrize("name", ["20260101T000000-00000000", "passwd", "..", "20260101T000000-0000000g"])
def test_a_name_that_is_no_mail_is_not_found(letter, officer, sign_in, name):
    assert sign_in(officer).get(f"/mail/{name}/").status_code == 404


def test_an_empty_box_says_so(officer, sign_in, settings, tmp_path):
    settings.TRIAL, settings.EMAIL_FILE_PATH = True, str(tmp_path / "nothing")

    assert "No mail yet" in sign_in(officer).get("/mail/").content.decode()


def test_a_mail_half_written_is_not_shown(letter, monkeypatch):
    def dies(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(mailbox.Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        get_connection("notices.mailbox.EmlFolderBackend").send_messages(
            [EmailMultiAlternatives("Half", "A half", to=["a@example.org"])]
        )

    assert [found.name for found in mailbox.letters()] == [letter.name]
