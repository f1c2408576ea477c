import errno

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = _("There is no room for files at the moment, and nothing was kept. Tell the programme, and try again later.")
DAMAGED = _("This file is damaged. Open it, save it again and send the new file.")
ENTITIES = _("This file holds XML definitions that no office program writes. Save it again, or save it as PDF.")
TOO_LARGE = _("This file unpacks to far more than it should. Remove what is large in it, or save it as PDF.")


class Refused(ValidationError):
    """The file is not kept. The message is a sentence for the person who sent it: what is wrong, what to do."""
