"""The directory for programs: the same teams, contacts and filters as its page."""

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from rest_framework import serializers

from common.api.views import Reading
from csirt_network.description import key_url
from csirt_network.entries import teams_for
from csirt_network.models import Affiliation, Contact, Team, TeamKey, TeamProfile
from csirt_network.team_filter import TeamsAsked


class ContactSerializer(serializers.ModelSerializer):
    class Meta:
        model = Contact
        fields = ("role", "name", "phone", "email", "other", "hours", "is_24x7")


class KeySerializer(serializers.ModelSerializer):
    standing = serializers.CharField(read_only=True, help_text="current, ends-soon, ended or revoked")
    address = serializers.SerializerMethodField(help_text="Where the key itself is.")

    class Meta:
        model = TeamKey
        fields = ("fingerprint", "user_ids", "algorithm", "created", "expires", "standing", "address")

    def get_address(self, key: TeamKey) -> str:
        return key_url(key)


class AffiliationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Affiliation
        fields = ("body", "level", "since", "link")


class TeamSerializer(serializers.ModelSerializer):
    state = serializers.SlugField(source="state.slug", read_only=True)
    is_connected = serializers.BooleanField(read_only=True, help_text="A member of the network today.")
    confirmed_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="When the team last confirmed its entry; null if never, or not to be known.",
    )
    contacts: Any = ContactSerializer(
        source="shown_contacts", many=True, read_only=True, help_text="Those that the token's owner may know."
    )
    keys: Any = KeySerializer(source="shown_keys", many=True, read_only=True)
    affiliations: Any = AffiliationSerializer(source="shown_affiliations", many=True, read_only=True)

    class Meta:
        model = Team
        fields = (
            "slug",
            "name",
            "short_name",
            "state",
            "kind",
            "host",
            "website",
            "year_established",
            "countries",
            "sectors",
            "languages",
            "time_zone",
            "is_connected",
            "confirmed_at",
            "affiliations",
            "contacts",
            "keys",
        )


class TeamViewSet(Reading):
    """The teams of the member states. Contacts and keys are those that the page shows the token's owner."""

    model, serializer_class, filterset_class = Team, TeamSerializer, TeamsAsked
    lookup_field = "slug"
    lookup_value_converter = "slug"
    ordering = ("slug",)

    def rows(self, user: Any) -> QuerySet[Any]:
        elsewhere = Affiliation.objects.visible_to(user)
        profile = TeamProfile.objects.visible_to(user).filter(team=OuterRef("pk"))
        return (
            teams_for(user)
            .annotate(confirmed_at=Subquery(profile.values("confirmed_at")))
            .prefetch_related(Prefetch("affiliations", elsewhere, to_attr="shown_affiliations"))
        )
