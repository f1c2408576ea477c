"""Notes verbales, what comes back on paper, and the register of points of contact."""

from django.urls import path

from correspondence.views import contacts, following, notes, scans, steps

NOTE, SCAN, CONTACT = "notes/<int:pk>/", "notes/scans/<int:pk>/", "contact-points/<int:pk>/"
OF_STATE = "states/<slug:slug>/contact-points/"

urlpatterns = [
    path("notes/", notes.note_list, name="note-list"),
    path("notes.csv", notes.note_csv, name="note-csv"),
    path("notes.xlsx", notes.note_xlsx, name="note-xlsx"),
    path("notes/new/", notes.note_purposes, name="note-purposes"),
    path("notes/new/<slug:purpose>/", notes.note_new, name="note-new"),
    path("notes/drafts/", steps.note_drafts, name="note-drafts"),
    path("notes/scans/", scans.note_scans, name="note-scans"),
    path(f"{SCAN}match/", scans.scan_match, name="note-scan-match"),
    path(f"{SCAN}aside/", scans.scan_aside, name="note-scan-aside"),
    path("notes/scans/<uuid:token>/", scans.scan_file, name="note-scan-file"),
    path(NOTE, notes.note_detail, name="note-detail"),
    path(f"{NOTE}note.pdf", notes.note_pdf, name="note-pdf"),
    path(f"{NOTE}edit/", steps.note_edit, name="note-edit"),
    path(f"{NOTE}issue/", steps.note_issue, name="note-issue"),
    path(f"{NOTE}discard/", steps.note_discard, name="note-discard"),
    path(f"{NOTE}hand-over/", steps.note_hand_over, name="note-hand-over"),
    path(f"{NOTE}scan/", scans.note_scan, name="note-scan"),
    path(f"{NOTE}reply/", steps.note_reply, name="note-reply"),
    path(f"{NOTE}sign-plan/", following.note_sign_plan, name="note-sign-plan"),
    path(f"{NOTE}reply/correct/", steps.note_reply_correct, name="note-reply-correct"),
    path(f"{NOTE}nominate/", following.note_nominate, name="note-nominate"),
    path(f"{NOTE}cancel/", steps.note_cancel, name="note-cancel"),
    path("contact-points/", contacts.contact_list, name="point-list"),
    path("contact-points.csv", contacts.contact_csv, name="point-csv"),
    path("contact-points.xlsx", contacts.contact_xlsx, name="point-xlsx"),
    path(f"{CONTACT}edit/", contacts.contact_edit, name="point-edit"),
    path(f"{CONTACT}confirm/", contacts.contact_confirm, name="point-confirm"),
    path(f"{CONTACT}end/", contacts.contact_end, name="point-end"),
    path(OF_STATE, contacts.contact_points, name="contact-points"),
    path("states/<slug:slug>/contact-points.csv", contacts.points_table, name="contact-points-csv"),
    path("states/<slug:slug>/contact-points.xlsx", contacts.points_table, {"form": "xlsx"}, name="contact-points-xlsx"),
    path(f"{OF_STATE}new/", contacts.contact_new, name="point-new"),
]
