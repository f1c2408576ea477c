from django.urls import path

from exchange.views import home, tokens

urlpatterns = [
    path("exchange/", home.home, name="exchange"),
    path("exchange/taxii_poll.py", home.script, name="exchange-script"),
    path("exchange/tokens/", tokens.token_list, name="machine-token-list"),
    path("exchange/tokens/new/", tokens.token_new, name="machine-token-new"),
    path("exchange/tokens/<int:pk>/revoke/", tokens.token_revoke, name="machine-token-revoke"),
]
