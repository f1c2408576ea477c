from django.urls import path

from invitations.views import accepting, ending, heads, people, teams

urlpatterns = [
    # "link": what stands behind it lets somebody in, and is kept out of every log (oas_cyber/logs.py)
    path("invitation/link/<str:token>/", accepting.invitation, name="invitation"),
    path("people/", people.people_list, name="people"),
    path("people/invite/", people.invite_person, name="invite"),
    path("people/<int:pk>/", people.person_detail, name="person"),
    path("people/<int:pk>/close/", ending.account_close, name="account-close"),
    path("people/<int:pk>/open/", ending.account_open, name="account-open"),
    path("people/invitations/<int:pk>/again/", people.invitation_again, name="invitation-again"),
    path("people/invitations/<int:pk>/take-back/", people.invitation_take_back, name="invitation-take-back"),
    path("people/roles/<int:pk>/end/", ending.role_end, name="role-end"),
    path("people/roles/<int:pk>/change/", ending.role_change, name="role-change"),
    path("people/liaisons/<int:pk>/end/", ending.liaison_end, name="liaison-end"),
    path("people/members/<int:pk>/end/", ending.member_end, name="member-end"),
    path("people/contacts/<int:pk>/end/", ending.contact_end, name="contact-end"),
    path("network/applications/<int:pk>/write/", heads.application_write, name="application-write"),
    path("csirts/<slug:slug>/people/", teams.team_people, name="team-people"),
    path("csirts/<slug:slug>/people/invite/", teams.invite_to_team, name="invite-to-team"),
    path("states/<slug:slug>/people/", people.colleagues, name="colleagues"),
    path("states/<slug:slug>/people/invite/", people.invite_colleague, name="invite-colleague"),
]
