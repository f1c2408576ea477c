"""What a team says of itself: its description by RFC 2350, how to reach it, its keys, and where else it is a member."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.days import today
from common.translated import suffix
from common.walls import EVERYBODY, Audited, Locked, RowWall, SameState
from csirt_network import openpgp
from csirt_network.contact_roles import EMAIL, NAME, OTHER, PHONE, ContactRole, roles_that_need
from csirt_network.models.teams import OWN_TEAM, OWN_TEAM_OR_STATE, Team
from csirt_network.querysets.directory import (
    AffiliationQuerySet,
    ContactQuerySet,
    ProfileVersionQuerySet,
    TeamKeyQuerySet,
    TeamProfileQuerySet,
)
from documents.models import Source
from member_states.models import MemberState

HOLDS_FOR = timedelta(days=90)  # a confirmation that the whole entry is still true
IN_THE_NETWORK = f"{OWN_TEAM_OR_STATE} OR {{community}}"
PUBLISHED = "team_id IN (SELECT open.team_id FROM csirt_network_teamprofile open WHERE open.is_published)"


class OfTeam(models.Model):
    """What all of it has in common: a team, and that team's state."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))

    class Meta:
        abstract = True


class TeamProfile(models.Model):
    """The description of a team by RFC 2350, as it stands now; what it was before are its versions.

    `texts` holds the sections that the team writes (`rfc2350.TO_WRITE`), by key and then by language (en, es, fr,
    pt_br). What stands elsewhere in the record, such as telephones and keys, is not written twice.
    """

    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="profile", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    number = models.PositiveIntegerField(_("version"), default=0, editable=False)
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    objects = TeamProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile of a team")
        verbose_name_plural = _("profiles of teams")
        ordering = ("team",)
        constraints: ClassVar = (
            RowWall(name="team_profile_wall", read=f"{IN_THE_NETWORK} OR is_published", write=OWN_TEAM),
            SameState(name="team_profile_same_state", parent="team"),
            Audited(name="team_profile_audited"),
        )

    def __str__(self) -> str:
        return str(self.team)

    def get_absolute_url(self) -> str:
        return reverse("team-detail", args=[self.team.slug])

    def text(self, key: str, language: str | None = None) -> str:
        """In the reader's language, or in the first one it is written in."""
        said = self.texts.get(key, {})
        return said.get(suffix(language)) or next((text for text in said.values() if text), "")


class ProfileVersion(models.Model):
    """The description as it was saved once, with a number. Its history is the team's own, and the programme's."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="versions", verbose_name=_("team"))
    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="+", verbose_name=_("state"))
    number = models.PositiveIntegerField(_("version"))
    address = models.TextField(_("postal address"), blank=True)
    texts = models.JSONField(_("texts"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    made_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    objects = ProfileVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a profile")
        verbose_name_plural = _("versions of profiles")
        ordering = ("team", "-number")
        constraints: ClassVar = (
            models.UniqueConstraint(name="profile_version_once", fields=("team", "number")),
            RowWall(name="profile_version_wall", read=OWN_TEAM_OR_STATE, write=OWN_TEAM),
            SameState(name="profile_version_same_state", parent="team"),
            Locked(name="profile_version_locked"),
            Audited(name="profile_version_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.number}"


class Contact(OfTeam):
    """One way to reach a team. `is_public`: it stands in the published description too, where everybody reads it."""

    role = models.CharField(_("what for"), max_length=10, choices=ContactRole.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    other = models.CharField(_("other way"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    is_24x7 = models.BooleanField(_("answers day and night"), default=False)
    is_public = models.BooleanField(_("stands in the published description"), default=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a team")
        verbose_name_plural = _("contacts of teams")
        ordering = ("team", "-is_24x7", "pk")
        constraints: ClassVar = (
            *(
                models.CheckConstraint(
                    name=f"contact_has_{field}",
                    condition=~models.Q(role__in=roles_that_need(field)) | ~models.Q(**{field: ""}),
                )
                for field in (NAME, PHONE, EMAIL, OTHER)
            ),
            models.CheckConstraint(
                name="contact_on_call_has_phone", condition=models.Q(is_24x7=False) | ~models.Q(phone="")
            ),
            models.CheckConstraint(
                name="contact_on_duty_is_on_call", condition=~models.Q(role="duty") | models.Q(is_24x7=True)
            ),
            RowWall(name="contact_wall", read=f"{IN_THE_NETWORK} OR (is_public AND {PUBLISHED})", write=OWN_TEAM),
            SameState(name="contact_same_state", parent="team"),
            Audited(name="contact_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.get_role_display()}"


class TeamKey(OfTeam):
    """A public OpenPGP key of a team, as `csirt_network.openpgp` read it."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    user_ids = ArrayField(models.CharField(max_length=500), verbose_name=_("whose it is"), default=list)
    algorithm = models.CharField(_("algorithm"), max_length=40)
    created = models.DateTimeField(_("made on"))
    expires = models.DateTimeField(_("holds until"), null=True)
    is_revoked = models.BooleanField(_("revoked"), default=False)
    armoured = models.TextField(_("key"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = TeamKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a team")
        verbose_name_plural = _("keys of teams")
        ordering = ("team", "-created")
        constraints: ClassVar = (
            models.UniqueConstraint(name="team_key_once", fields=("team", "fingerprint")),
            RowWall(name="team_key_wall", read=f"{IN_THE_NETWORK} OR {PUBLISHED}", write=OWN_TEAM),
            SameState(name="team_key_same_state", parent="team"),
            Audited(name="team_key_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.spaced}"

    @property
    def spaced(self) -> str:
        return openpgp.spaced(self.fingerprint)

    @property
    def standing(self) -> openpgp.State:
        return openpgp.state_of(self, today())


class Affiliation(OfTeam):
    """That a team is a member of FIRST or stands with Trusted Introducer, and where that is said."""

    class Body(models.TextChoices):
        FIRST = "first", "FIRST"
        INTRODUCER = "introducer", "Trusted Introducer"

    class Level(models.TextChoices):
        MEMBER = "member", _("Member")
        ASSOCIATE = "associate", _("Associate")
        LISTED = "listed", _("Listed")
        ACCREDITED = "accredited", _("Accredited")
        CERTIFIED = "certified", _("Certified")

    LEVELS: ClassVar = {
        Body.FIRST: (Level.MEMBER, Level.ASSOCIATE),
        Body.INTRODUCER: (Level.LISTED, Level.ACCREDITED, Level.CERTIFIED),
    }

    body = models.CharField(_("of what"), max_length=10, choices=Body.choices)
    level = models.CharField(_("as what"), max_length=10, choices=Level.choices)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    link = models.URLField(_("where it is said"), max_length=400, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("source"))

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership elsewhere")
        verbose_name_plural = _("memberships elsewhere")
        ordering = ("team", "body")
        constraints: ClassVar = (
            models.UniqueConstraint(name="affiliation_once", fields=("team", "body")),
            models.CheckConstraint(
                name="affiliation_level_of_body",
                condition=models.Q(body="first", level__in=("member", "associate"))
                | models.Q(body="introducer", level__in=("listed", "accredited", "certified")),
            ),
            RowWall(name="affiliation_wall", read=EVERYBODY, write=OWN_TEAM),
            SameState(name="affiliation_same_state", parent="team"),
            Audited(name="affiliation_audited"),
        )

    def __str__(self) -> str:
        return f"{self.team}, {self.get_body_display()}"
