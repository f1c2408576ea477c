from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """The file is not kept. The message is a sentence for the person who sent it: what is wrong, what to do."""
