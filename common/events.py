"""What the log says of sign-ins, keys and refusals: an event and numbers, never a name, an address or a text.

One logger, ``security``, so that a line can be found by what happened. Who a person is, stands in the database.
"""

import logging
from typing import Any

from django.utils.crypto import salted_hmac

logger = logging.getLogger("security")


def note(event: str, *, level: int = logging.INFO, **about: Any) -> None:
    """`about` are numbers, names of routes and the like; None is left out."""
    told = {name: value for name, value in about.items() if value is not None}
    logger.log(level, event, extra={"about": told})


def account_of(email: str) -> str:
    """The same for the same address, and told by nobody without SECRET_KEY: to see that one account is tried often."""
    return salted_hmac("common.events", email.strip().lower()).hexdigest()[:12]
