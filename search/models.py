"""The index: what can be found, by which words, and how those are spelt. Plain equality alone, which the wall lets
the database use an index for (decision 0015)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.walls import EVERYBODY, NOBODY, OWN_STATE_OR_SHARED, RowWall, SameState
from member_states.models import MemberState, Sharing
from search.querysets import IndexQuerySet, StaleQuerySet

INDEX_WALL = {
    "read": f"{OWN_STATE_OR_SHARED} OR (audience = 'community' AND {{community}})",
    "write": NOBODY,
}
AUDIENCES = [*Sharing.choices, ("community", _("The community of the network"))]


class Entry(models.Model):
    """One thing that can be found. It holds no words of it: those are read from the thing itself when it is shown."""

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("record"))
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("member state")
    )
    audience = models.CharField(_("who sees it"), max_length=10, choices=AUDIENCES)

    objects = IndexQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        constraints = (
            models.UniqueConstraint(name="entry_once", fields=("kind", "object_id")),
            RowWall(name="entry_wall", **INDEX_WALL),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Word(models.Model):
    """A word of an entry, or its stem in one of the four languages; lower case, without accents.

    It carries all of its entry, so that whoever asks is led to what they may see of a word, newest first, and to
    nothing else of it (decision 0044).
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="words", db_index=False)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    state_id = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=10)
    word = models.CharField(max_length=40)

    objects = IndexQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                name="word_of_audience", fields=("word", "audience", "kind", "object_id"), include=("state_id",)
            ),
            models.Index(
                name="word_of_state",
                fields=("word", "state_id", "audience", "kind", "object_id"),
                condition=models.Q(state_id__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(name="word_once", fields=("entry", "word")),
            RowWall(name="word_wall", **INDEX_WALL),
            SameState(name="word_same_state", parent="entry"),
        )

    def __str__(self) -> str:
        return self.word


class Spelling(models.Model):
    """Three letters in a row of a word that is in the index: words with many of them in common are spelt alike.

    Once for each audience without a state, and for each state whose liaisons are not of the audience.
    """

    gram = models.CharField(max_length=3)
    word = models.CharField(max_length=40)
    state_id = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=10)

    objects = IndexQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="spelling_once", fields=("gram", "audience", "state_id", "word"), nulls_distinct=False
            ),
            RowWall(name="spelling_wall", **INDEX_WALL),
        )

    def __str__(self) -> str:
        return f"{self.gram} {self.word}"


class Stale(models.Model):
    """What has to be indexed anew: the things of `kind` whose `key` is `object_id`. Written by triggers alone."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=30)
    object_id = models.BigIntegerField()

    objects = StaleQuerySet.as_manager()

    class Meta:
        constraints = (RowWall(name="stale_wall", read=NOBODY, write=NOBODY, becomes=EVERYBODY),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.object_id}"
