import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")

application = get_wsgi_application()

from oas_cyber.health import refuse_holes  # noqa: E402 - needs the settings

refuse_holes()
