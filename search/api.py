"""The same search for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import refuse_too_often
from common.api.schema import UNCOUNTED
from common.api.views import Asked
from search.finding import find
from search.forms import LONGEST, SearchForm
from search.models import Entry
from search.reads import note_results
from search.views import MOST_A_MINUTE


class AskedSerializer(serializers.Serializer):
    """The words and filters, as the description of the API shows them."""

    q = serializers.CharField(max_length=LONGEST, help_text="Words that must all be there; endings do not matter.")
    kind = serializers.CharField(required=False, help_text="One kind, which is then given page by page.")
    state = serializers.SlugField(required=False, help_text="What belongs to this member state.")
    before = serializers.IntegerField(required=False, help_text="`before` of the last page of this kind.")


class ResultSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField(help_text="The words around what was found.")
    state = serializers.SlugField(source="state.slug", default=None, allow_null=True)
    url = serializers.CharField(help_text="The page it is read on.")

    def get_title(self, result: Any) -> str:
        return "".join(part.text for part in result.title)

    def get_text(self, result: Any) -> str:
        return "".join(part.text for part in result.text)


class GroupSerializer(serializers.Serializer):
    kind = serializers.CharField(source="code")
    name = serializers.CharField()
    count = serializers.IntegerField(
        help_text="100 stands for 100 or more. Where only the newest were looked at, those found among them."
    )
    before = serializers.IntegerField(
        allow_null=True, help_text="Where the next page of this kind begins; null after the last, which may be empty."
    )
    results = ResultSerializer(many=True)


@extend_schema_serializer(many=False)
class FoundSerializer(serializers.Serializer):
    """`alike`: words that were looked for instead, because nothing holds those that were given. `left_out`: those that
    were too many to be looked for.
    """

    alike = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField())
    groups = GroupSerializer(many=True)


FOUND = {200: FoundSerializer, **UNCOUNTED}


class SearchViewSet(Asked):
    model = Entry
    serializer_class = FoundSerializer
    pagination_class = None
    words = ("q", "kind", "state", "before")

    def rows(self, user: Any) -> QuerySet[Entry]:
        return Entry.objects.visible_to(user)

    def _known_words(self) -> set[str]:
        return set(self.words)

    @extend_schema(operation_id="search_list", parameters=[AskedSerializer], responses=FOUND, filters=False)
    def list(self, request: Request) -> Response:
        """What holds all the words, by kind, newest first: of states, the network, the action plan and partnerships."""
        if request.query_params.get("q", "").strip():
            refuse_too_often(request, MOST_A_MINUTE, 60, of="search")
        form = SearchForm(request.query_params, user=request.user)
        form.fields["q"].required = True
        if not form.is_valid():
            raise ValidationError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
        found = find(request.user, form.asked())
        note_results(request._request, found.groups)
        return Response(FoundSerializer(found).data)
