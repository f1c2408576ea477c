from django.urls import path

from notices.views import mailbox, preferences, turn, undelivered

urlpatterns = [
    path("my-turn/", turn.my_turn, name="my-turn"),
    path("mail/undelivered/", undelivered.undelivered, name="mail-undelivered"),
    path("mail/undelivered.csv", undelivered.undelivered_table, name="mail-undelivered-csv"),
    path("mail/undelivered.xlsx", undelivered.undelivered_table, {"form": "xlsx"}, name="mail-undelivered-xlsx"),
    path("mail/undelivered/<int:pk>/again/", undelivered.send_again, name="mail-again"),
    path("mail/addresses/<int:pk>/mark/", undelivered.address_mark, name="address-mark"),
    path("mail/addresses/<int:pk>/works/", undelivered.address_works, name="address-works"),
    path("mail/", mailbox.mail_list, name="mail-list"),
    path("mail/<slug:name>/", mailbox.mail_detail, name="mail-detail"),
    path("profile/mail/", preferences.mail_preferences, name="mail-preferences"),
    path("profile/mail/works/", preferences.own_address_works, name="own-address-works"),
    path("unsubscribe/<str:token>/", preferences.mail_stop, name="mail-stop"),
]
