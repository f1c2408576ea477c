"""All that a state's answers and facts rest on, in one place and as far as the reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, IntegerField, Max, Q, QuerySet, Value
from django.utils.functional import Promise

from capability.models import (
    CsirtStatus,
    DraftEvidence,
    Edition,
    Evidence,
    ExternalIndex,
    Law,
    Round,
    StrategyStatus,
    SupportRequest,
    ThreatLevel,
)
from capability.questions import Question, Section, sections_of
from documents.links import standing
from documents.models import File, Link, Reading, Source
from documents.readings import by_fact
from member_states.models import MemberState, Participation

PAGE = 50
DRAFTS = 300  # 27 answers with ten proofs each
FACTS: tuple[Any, ...] = (CsirtStatus, StrategyStatus, ThreatLevel, SupportRequest, ExternalIndex, Law, Participation)


@dataclass(frozen=True)
class Narrowed:
    """What the reader asked for; an empty word asks for everything."""

    kind: str = ""
    section: str = ""
    round: str = ""
    text: str = ""

    def proofs(self, proofs: QuerySet[Any], sections: Iterable[Section]) -> QuerySet[Any]:
        if self.kind:
            proofs = proofs.filter(file__isnull=self.kind != "file") if self.kind != "source" else proofs.none()
        if self.section:
            codes = [q.code for section in sections if section.slug == self.section for q in section.questions]
            proofs = proofs.filter(answer__question__in=codes)
        if self.round:
            proofs = proofs.filter(answer__update__round__slug=self.round)
        if self.text:
            named = {"title__unaccent__icontains": self.text}, {"file__name__unaccent__icontains": self.text}
            proofs = proofs.filter(Q(**named[0]) | Q(**named[1]) | Q(link__icontains=self.text))
        return proofs

    @property
    def has_sources(self) -> bool:
        """Sources belong to no round and no section."""
        return self.kind in ("", "source") and not self.section and not self.round


@dataclass(frozen=True)
class Frame:
    """Sections and rounds as the reader knows them."""

    sections: list[Section]
    rounds: list[Round]

    @classmethod
    def of(cls, user: Any) -> "Frame":
        edition = Edition.objects.visible_to(user).filter(is_rated_by_states=True).first()
        rounds = list(Round.objects.visible_to(user).exclude(opened_at=None))
        return cls(sections_of(edition) if edition else [], rounds)


@dataclass(frozen=True)
class Document:
    """One file or link under one question, however often it was sent."""

    proof: Any
    question: Question | None
    rounds: list[Round] = field(default_factory=list)
    link: Link | None = None
    earlier: list[File] = field(default_factory=list)
    newer: File | None = None
    same_as: list[str] = field(default_factory=list)

    @property
    def file(self) -> File | None:
        return self.proof.file

    @property
    def standing(self) -> str:
        return standing(self.link)

    @property
    def title(self) -> str:
        return self.question.title if self.question else self.proof.answer.question


@dataclass(frozen=True)
class Named:
    """A link that a fact of the state names."""

    label: str
    url: str
    link: Link | None

    @property
    def standing(self) -> str:
        return standing(self.link)


@dataclass(frozen=True)
class Used:
    source: Source
    feeds: list[tuple[str | Promise, int]]
    link: Link | None

    @property
    def standing(self) -> str:
        return standing(self.link)


class StateDocuments:
    """The same queries for one document and a thousand."""

    def __init__(self, user: Any, state: MemberState, frame: Frame, asked: Narrowed, before: int | None = None) -> None:
        self.user, self.state, self.asked, self.sections = user, state, asked, frame.sections
        self.questions = {q.code: q for section in frame.sections for q in section.questions}
        self.rounds = {round.pk: round for round in frame.rounds}
        groups = self._groups()
        found = list((groups.filter(newest__lt=before) if before else groups)[: PAGE + 1])
        self.next = found[PAGE - 1]["newest"] if len(found) > PAGE else None
        self.sent = self._documents(found[:PAGE])
        self.drafts = [self._document(proof, []) for proof in self._drafts()]

    def everything(self) -> Iterator[Document]:
        """Without pages, for the download."""
        groups = list(self._groups())
        for start in range(0, len(groups), 500):
            yield from self._documents(groups[start : start + 500])

    # What answers rest on ------------------------------------------------------------------------------------------

    def _groups(self) -> QuerySet[Any, dict[str, Any]]:
        """A proof is copied into each submission; here it stands once per question."""
        proofs = Evidence.objects.visible_to(self.user).filter(state=self.state)
        groups = self.asked.proofs(proofs, self.sections).order_by().values("answer__question", "file_id", "link")
        return groups.annotate(
            newest=Max("pk"), rounds=ArrayAgg("answer__update__round_id", distinct=True, default=Value([]))
        ).order_by("-newest")

    def _documents(self, groups: list[dict[str, Any]]) -> list[Document]:
        pks = {group["newest"]: group["rounds"] for group in groups}
        proofs = Evidence.objects.visible_to(self.user).filter(pk__in=pks)
        rows = proofs.select_related("file__withdrawn_by", "added_by", "answer").order_by("-pk")
        return [self._document(proof, pks[proof.pk]) for proof in rows]

    def _drafts(self) -> list[DraftEvidence]:
        """Of drafts that are open, what was never sent; nothing of it for staff."""
        own = DraftEvidence.objects.visible_to(self.user).filter(state=self.state)
        sent = Evidence.objects.visible_to(self.user).filter(state=self.state).exclude(link="").values("link")
        fresh = own.exclude(file__is_sent=True).exclude(link__in=sent)
        rows = self.asked.proofs(fresh, self.sections)
        rows = rows.select_related("file__withdrawn_by", "added_by", "answer__update__round")
        return list(rows.order_by("-added_at", "-pk")[:DRAFTS])

    def _document(self, proof: Any, rounds: list[int]) -> Document:
        file = proof.file
        return Document(
            proof,
            self.questions.get(proof.answer.question),
            sorted((self.rounds[pk] for pk in rounds if pk in self.rounds), key=lambda r: (r.year, r.number)),
            self.links.get(proof.link),
            list(self._earlier(file)) if file else [],
            self._newer.get(file.pk) if file else None,
            [same.name for same in self._same[file.sha256] if same.pk != file.pk] if file else [],
        )

    @cached_property
    def _files(self) -> dict[int, File]:
        """Those with another version, and those with a twin."""
        files = File.objects.visible_to(self.user).filter(state_id=self.state.pk)
        twins = files.order_by().values("sha256").annotate(n=Count("pk")).filter(n__gt=1).values("sha256")
        versions = Q(replaces__isnull=False) | Q(newer__isnull=False)
        return {file.pk: file for file in files.filter(versions | Q(sha256__in=twins)).distinct()}

    @cached_property
    def _newer(self) -> dict[int, File]:
        return {file.replaces_id: file for file in self._files.values() if file.replaces_id}

    @cached_property
    def _same(self) -> dict[str, list[File]]:
        found = defaultdict(list)
        for file in self._files.values():
            found[file.sha256].append(file)
        return found

    def _earlier(self, file: File) -> Iterator[File]:
        while file.replaces_id and (before := self._files.get(file.replaces_id)):
            yield before
            file = before

    @cached_property
    def links(self) -> dict[str, Link]:
        """What is known of links, the state's own and public ones."""
        links = Link.objects.visible_to(self.user).filter(Q(state_id=self.state.pk) | Q(state_id=None))
        return {link.url: link for link in links}

    # What facts rest on --------------------------------------------------------------------------------------------

    @cached_property
    def named(self) -> list[Named]:
        if not self.asked.has_sources and self.asked.kind != "link":
            return []
        csirts = CsirtStatus.objects.visible_to(self.user).current().filter(state=self.state).exclude(website="")
        strategies = StrategyStatus.objects.visible_to(self.user).current().filter(state=self.state).exclude(link="")
        rows = [*((str(c), c.website) for c in csirts), *((str(s), s.link) for s in strategies)]
        return [Named(label, url, self.links.get(url)) for label, url in rows if self._is_asked(label, url)]

    @cached_property
    def sources(self) -> list[Used]:
        """Each with the kinds of facts of this state that it feeds."""
        if not self.asked.has_sources:
            return []
        fed: dict[int, list[tuple[str | Promise, int]]] = defaultdict(list)
        for kind, source, number in self._fed():
            fed[source].append((FACTS[kind]._meta.verbose_name_plural, number))
        sources = Source.objects.visible_to(self.user).filter(pk__in=fed)
        rows = [source for source in sources if self._is_asked(source.title, source.publisher)]
        return [Used(source, fed[source.pk], self.links.get(source.link)) for source in rows]

    def _fed(self) -> QuerySet[Any, Any]:
        first, *others = (self._fed_by(kind, model) for kind, model in enumerate(FACTS))
        return first.union(*others, all=True)

    def _fed_by(self, kind: int, model: Any) -> QuerySet[Any, Any]:
        rows = model.objects.visible_to(self.user).filter(state=self.state, source__isnull=False).order_by()
        told = rows.annotate(table=Value(kind, output_field=IntegerField())).values("table", "source_id")
        return told.annotate(number=Count("pk")).values_list("table", "source_id", "number")

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.drafts or self.named or self.sources or self.readings)

    @cached_property
    def readings(self) -> dict[str, list[Reading]]:
        return readings_of(self.user, self.state) if self.asked.has_sources else {}

    def _is_asked(self, *words: str) -> bool:
        return self.asked.text.lower() in " ".join(words).lower()


def readings_of(user: Any, state: MemberState) -> dict[str, list[Reading]]:
    """By fact: what several sources say of this state, where they differ."""
    return by_fact(Reading.objects.visible_to(user).filter(state_id=state.pk).select_related("source"))
