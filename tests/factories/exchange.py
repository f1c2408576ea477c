"""What programs exchange."""

from typing import Any

from accounts.models import User
from common.scope import reach_of, scope
from exchange.actions.tokens import make_token


def make_machine_token(
    person: Any, team: Any, *, scopes: Any = ("read", "push"), days: int = 90, networks: Any = (), name: str = "MISP"
) -> tuple[Any, str]:
    """The token and its secret, as a representative makes them."""
    by = User.objects.get(pk=person.pk)
    with scope(reach_of(by)):
        return make_token(team=team, name=name, scopes=scopes, days=days, networks=networks, by=by)


def bearer(token: Any, secret: str) -> dict[str, str]:
    """The header by which a program of the test signs in."""
    return {"Authorization": f"Bearer {token.key}.{secret}"}
