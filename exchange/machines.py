"""How a team's programs sign in: `Authorization: Bearer <key>.<secret>`, or HTTP Basic with key and secret.

    @machine(scope="read", error=taxii_error)
    @require_safe
    def collections(request): ... Collection.objects.visible_to(request.machine)

Every request says anew who asks: there is no session, no cookie and no form to forge. What a machine reads is what its
team reads, never TLP:RED.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial, wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from redis.exceptions import RedisError

from accounts.counting import network_of
from common import scope as scopes
from common.limits import count
from common.middleware import SAFE_METHODS
from csirt_network.team_reader import TeamReader
from exchange.actions.tokens import note_use, token_of
from exchange.models import MachineToken

MOST_GUESSES, GUESS_SECONDS = 30, 600
MOST_REQUESTS, MOST_PUSHED, SPENT_SECONDS = 600, 60_000_000, 60  # of one token; bytes
NOTED_EVERY = timedelta(minutes=1)
CHALLENGE = 'Basic realm="OAS Cyber", charset="UTF-8", Bearer realm="OAS Cyber"'
KEY = re.compile(r"[a-z0-9-]{1,24}")
NO_KEY = ""  # is nobody's

View = Callable[..., HttpResponseBase]
Error = Callable[[HttpRequest, int, str], HttpResponseBase]


class Machine(TeamReader):
    """Whoever asks with a token: its team, for as much as the token may."""

    def __init__(self, token: MachineToken) -> None:
        super().__init__(token.team_id)
        self.token, self.team, self.scopes = token, token.team, tuple(token.scopes)

    @property
    def made_by(self) -> Any:
        """In whose name it pushes; asked for when it does."""
        return self.token.made_by

    def has(self, scope: str) -> bool:
        return scope in self.scopes


class Refusal(Exception):
    """`wait`: after how many seconds it may be tried again."""

    def __init__(self, status: int, sentence: str, *, wait: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.wait = status, sentence, wait


def told_plainly(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def machine(scope: str | None = None, *, error: Error = told_plainly, public: bool = False) -> Callable[[View], View]:
    """A view for programs, which finds `request.machine`: a `Machine` whose token has `scope`, in whose reach it runs.

    With `public` somebody without credentials goes on as nobody (`AnonymousUser`), in the reach of nobody. `error`
    makes the answer to a request that is refused, and of one that finds nothing: unknown and forbidden look alike.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _forget_session(request)
            try:
                reader = _reader(request, scope, public)
                response = _in_reach(reader, request, partial(view, request, *args, **kwargs))
            except Refusal as refusal:
                response = error(request, refusal.status, refusal.sentence)
                if refusal.wait:
                    response["Retry-After"] = str(refusal.wait)
            except (Http404, PermissionDenied):
                response = error(request, 404, _("There is nothing here that you may read."))
            return _with_headers(request, response)

        return csrf_exempt(login_not_required(answered))

    return decorate


def _forget_session(request: HttpRequest) -> None:
    """Whoever is signed in beside it changes nothing, and is told nothing by a cookie."""
    request.user = AnonymousUser()
    request.bearer, request.machine = True, AnonymousUser()  # type: ignore[attr-defined]


def _reader(request: HttpRequest, scope: str | None, public: bool) -> Any:
    shown = request.headers.get("Authorization")
    if shown is None and public:
        return request.machine  # type: ignore[attr-defined]
    if shown is None:
        raise Refusal(401, _("Sign in with the key and the secret of a machine token of your team."))
    found = Machine(_token(request, *credentials(shown)))
    spend(found.token)
    if scope and not found.has(scope):
        raise Refusal(403, _("This token may not do that. A representative of the team can make one that may."))
    request.machine = found  # type: ignore[attr-defined]
    return found


def _token(request: HttpRequest, key: str, secret: str) -> MachineToken:
    """Which of its parts does not hold is not said."""
    address, network = get_adapter().get_client_ip(request), network_of(request)
    if guesses(network, step=0) >= MOST_GUESSES:
        raise Refusal(
            429, _("Too many tokens that do not hold came from this address. Wait ten minutes."), wait=GUESS_SECONDS
        )
    token = token_of(key, secret, address=address)
    if token is None:
        guesses(network, step=1)
        raise Refusal(
            401, _("This token does not hold. A representative of the team sees why, and can make a new one.")
        )
    if token.last_used_at is None or token.last_used_at < timezone.now() - NOTED_EVERY:
        request.after_response.append(partial(note_use, token, address=address))  # type: ignore[attr-defined]
    return token


def credentials(shown: str) -> tuple[str, str]:
    """Key and secret, of what stands in the header; of anything else a key that nobody has."""
    scheme, _space, rest = shown.partition(" ")
    if scheme.lower() == "bearer":
        key, _dot, secret = rest.strip().partition(".")
    else:
        key, _colon, secret = _basic(rest).partition(":") if scheme.lower() == "basic" else ("", "", "")
    return (key if KEY.fullmatch(key) else NO_KEY), secret


def _basic(rest: str) -> str:
    try:
        return base64.b64decode(rest.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _in_reach(reader: Any, request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The trail names the token beside the address."""
    is_machine = isinstance(reader, Machine)
    reach = reader.reach if is_machine else scopes.NOTHING
    page = f"{request.method} {request.path}" + (f" ({reader.token.key})" if is_machine else "")
    with scopes.scope(reach, read_only=request.method in SAFE_METHODS, page=page):
        return view()


def _with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What nobody signed in for, the view itself may let others keep."""
    patch_vary_headers(response, ("Authorization",))
    if "Authorization" in request.headers or response.status_code == 401:
        response["Cache-Control"] = "no-store, private"
    if response.status_code == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def spend(token: MachineToken, *, pushed: int | None = None) -> None:
    """Counts a request of the token, or as many bytes `pushed`; raises Refusal when that is too much for a minute."""
    of, step, most = ("request", 1, MOST_REQUESTS) if pushed is None else ("pushed", pushed, MOST_PUSHED)
    if _counted(SPENT_SECONDS, of=f"machine-{of}", by=token.key, step=step) > most:
        raise too_many(SPENT_SECONDS)


def too_many(wait: int) -> Refusal:
    return Refusal(429, _("Too many attempts. Wait a few minutes and try again."), wait=wait)


def guesses(network: str, *, step: int) -> int:
    """A secret has 256 random bits: while the cache is away there is nothing to be guessed in the meantime."""
    return _counted(GUESS_SECONDS, of="machine-guess", by=network, step=step)


def _counted(seconds: int, *, of: str, by: str, step: int) -> int:
    """While the cache is away nothing is: programs go on."""
    try:
        return count(seconds, of=of, by=by, step=step)
    except (RedisError, OSError):
        return 0
