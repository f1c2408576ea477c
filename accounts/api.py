"""Who asks the API: the token that the middleware found, never a session."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from redis.exceptions import RedisError
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from accounts.api_limits import beyond, kind_of
from accounts.counting import may_again
from accounts.middleware import GUESS_SECONDS


class TokenAuthentication(BaseAuthentication):
    """Trusts ``accounts.middleware.TokenMiddleware``, which asked before the scope was set."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        asked: Any = request._request
        if asked.guesses:
            sentence = _("Too many tokens that do not hold came from this address. Wait ten minutes.")
            raise TooOften(sentence, wait=GUESS_SECONDS)
        _refuse_uncounted(asked)
        if asked.token:
            return asked.user, asked.token
        if asked.bearer:
            raise AuthenticationFailed(
                _("This token does not hold: it is unknown, expired or revoked. Make a new one.")
            )
        return None

    def authenticate_header(self, request: Request) -> str:
        asked: Any = request._request
        return 'Bearer realm="api", error="invalid_token"' if asked.bearer else 'Bearer realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An access token, made at /profile/tokens/."}


class TooOften(APIException):
    """`wait`: after how many seconds it may be tried again."""

    status_code = 429

    def __init__(self, detail: str, *, wait: int) -> None:
        super().__init__(detail)
        self.wait = wait


class Uncounted(APIException):
    status_code = 503
    wait = 60


def refuse_too_often(request: Request, most: int, seconds: int, *, of: str) -> None:
    """What a page counts by itself is counted together with it, and closed as it is while nothing can be counted."""
    try:
        is_within = may_again(request._request, most, seconds, of=of)
    except (RedisError, OSError) as error:
        raise Uncounted(_("The portal cannot answer this now. Try again in a minute.")) from error
    if not is_within:
        raise TooOften(_("This is more than may be asked in this time. Wait a minute."), wait=seconds)


def _refuse_uncounted(asked: Any) -> None:
    """Whoever asked too often; and, while nothing can be counted, whoever sends."""
    if passed := beyond(asked.spent):
        raise TooOften(
            _("This is more than may be asked in this time. Wait as long as Retry-After says."), wait=passed.wait
        )
    if asked.spent is None and kind_of(asked.method) == "submit":
        raise Uncounted(_("The portal cannot take this now. Nothing was sent; try again in a minute."))
