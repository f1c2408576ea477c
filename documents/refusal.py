import errno

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = _("There is no room for files at the moment, and nothing was kept. Tell the programme, and try again later.")


class Refused(ValidationError):
    """The file is not kept. The message is a sentence for the person who sent it: what is wrong, what to do."""
