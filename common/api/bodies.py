"""What is sent to the API: JSON that can be stored, and no field that is not asked for."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class PlainJSON(JSONParser):
    """Refuses what Python reads and PostgreSQL does not, and what is nested beyond reading."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            given = super().parse(stream, media_type, parser_context)
            json.dumps(given, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except (ParseError, RecursionError, UnicodeEncodeError) as error:
            raise ParseError(_("This is not JSON that can be read.")) from error
        return given


class Strict(serializers.Serializer):
    """Refuses what it does not know, so that a slip in a name is not lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            sentence = _("There is no such field. Known are: %(names)s.") % {"names": ", ".join(self.fields)}
            raise serializers.ValidationError({str(name): [sentence] for name in unknown})
        return super().to_internal_value(data)
