"""What somebody asks to be told of: subscriptions, mailboxes, webhooks, feeds."""

from django.urls import path

from csirt_network.views import feeds, mailboxes, subscriptions, webhooks

urlpatterns = [
    path("alerts.atom", feeds.public_feed, name="alert-feed"),
    path("feeds/<str:token>/alerts.atom", feeds.own_feed, name="own-feed"),
    path("alerts/feeds/", feeds.feed_list, name="feed-list"),
    path("alerts/feeds/<int:pk>/revoke/", feeds.feed_revoke, name="feed-revoke"),
    path("alerts/subscriptions/", subscriptions.subscription_list, name="subscription-list"),
    path("alerts/subscriptions/new/", subscriptions.subscription_new, name="subscription-new"),
    path("alerts/subscriptions/<int:pk>/", subscriptions.subscription_edit, name="subscription-edit"),
    path("alerts/subscriptions/<int:pk>/end/", subscriptions.subscription_end, name="subscription-end"),
    path("alerts/mailboxes/new/", mailboxes.mailbox_new, name="mailbox-new"),
    path("alerts/mailboxes/<int:pk>/again/", mailboxes.mailbox_again, name="mailbox-again"),
    path("alerts/mailboxes/<int:pk>/end/", mailboxes.mailbox_end, name="mailbox-end"),
    path("mailbox/link/<str:token>/", mailboxes.mailbox_confirm, name="mailbox-confirm"),
    path("mailbox/unsubscribe/<str:token>/", mailboxes.mailbox_stop, name="mailbox-stop"),
    path("alerts/webhooks/", webhooks.webhook_list, name="webhook-list"),
    path("alerts/webhooks/new/", webhooks.webhook_new, name="webhook-new"),
    path("alerts/webhooks/<int:pk>/", webhooks.webhook_detail, name="webhook-detail"),
    path("alerts/webhooks/<int:pk>/test/", webhooks.webhook_test, name="webhook-test"),
    path("alerts/webhooks/<int:pk>/resume/", webhooks.webhook_resume, name="webhook-resume"),
    path("alerts/webhooks/<int:pk>/end/", webhooks.webhook_end, name="webhook-end"),
]
