from django.urls import path

from csirt_network.views import chapters, directory, history, record, teams

urlpatterns = [
    path("csirts/", directory.team_list, name="team-list"),
    path("csirts.csv", directory.team_table, name="team-table-csv"),
    path("csirts.xlsx", directory.team_table, {"form": "xlsx"}, name="team-table-xlsx"),
    path("csirts/contacts.csv", directory.contacts_csv, name="team-contacts-csv"),
    path("csirts/contacts.xlsx", directory.contacts_xlsx, name="team-contacts-xlsx"),
    path("csirts/<slug:slug>/", teams.team_detail, name="team-detail"),
    path("csirts/<slug:slug>/rfc2350.txt", teams.description_text, name="team-rfc2350-text"),
    path("csirts/<slug:slug>/rfc2350.json", teams.description_json, name="team-rfc2350-json"),
    path("csirts/<slug:slug>/keys/<slug:fingerprint>.asc", teams.key_file, name="team-key"),
    path("csirts/<slug:slug>/edit/", record.team_edit, name="team-edit"),
    path("csirts/<slug:slug>/edit/<int:number>/", chapters.team_chapter, name="team-chapter"),
    path("csirts/<slug:slug>/publish/", chapters.team_publish, name="team-publish"),
    path("csirts/<slug:slug>/contacts/new/", record.contact_new, name="team-contact-new"),
    path("csirts/<slug:slug>/contacts/<int:pk>/", record.contact_edit, name="team-contact"),
    path("csirts/<slug:slug>/contacts/<int:pk>/remove/", record.contact_remove, name="team-contact-remove"),
    path("csirts/<slug:slug>/keys/new/", record.key_new, name="team-key-new"),
    path("csirts/<slug:slug>/keys/<int:pk>/remove/", record.key_remove, name="team-key-remove"),
    path("csirts/<slug:slug>/memberships/<slug:body>/", record.affiliation_edit, name="team-affiliation"),
    path(
        "csirts/<slug:slug>/memberships/<slug:body>/remove/", record.affiliation_remove, name="team-affiliation-remove"
    ),
    path("csirts/<slug:slug>/history/", history.team_history, name="team-history"),
    path("csirts/<slug:slug>/history/<int:number>/", history.team_version, name="team-version"),
]
