"""Who asks the API: the token that the middleware found, never a session."""

import time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from redis.exceptions import RedisError
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from common.limits import within


class TokenAuthentication(BaseAuthentication):
    """Trusts ``accounts.middleware.TokenMiddleware``, which asked before the scope was set."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        asked: Any = request._request
        if asked.token:
            return asked.user, asked.token
        if asked.guesses:
            raise TooManyGuesses(_("Too many tokens that do not hold came from this address. Wait ten minutes."))
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


class TooManyGuesses(APIException):
    status_code = 429


class Uncounted(APIException):
    status_code = 503


class TokenThrottle(BaseThrottle):
    """So many requests of one token in a time. While the cache is away reading goes on, and sending waits."""

    def allow_request(self, request: Request, view: Any) -> bool:
        scope = "read" if request.method in SAFE_METHODS else "submit"
        token: Any = request.auth
        most, self.seconds = rate_of(scope)
        try:
            return within(most, self.seconds, of=f"api-{scope}", by=token.digest)
        except (RedisError, OSError) as error:
            if scope == "read":
                return True
            raise Uncounted(_("The portal cannot take this now. Nothing was sent; try again in a minute.")) from error

    def wait(self) -> float:
        return self.seconds - time.time() % self.seconds


def rate_of(scope: str) -> tuple[int, int]:
    """(requests, seconds) of a rate such as "600/minute"."""
    rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    number, _slash, unit = rates[scope].partition("/")
    return int(number), {"minute": 60, "hour": 3600}[unit]
