from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from common.scope import PROGRAMME, scope
from common.sealing import reseal, reseal_others


class Command(BaseCommand):
    help = "Seals what is stored with the first key of OAS_FIELD_KEYS. After it, the keys behind the first can go."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        with scope(PROGRAMME, page="manage.py reseal"), transaction.atomic():
            for app in Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_for_update():
                app.data["secret"] = reseal(app.data["secret"])
                app.save(update_fields=["data"])
                done += 1
            done += reseal_others()
        self.stdout.write(f"{done} sealed anew.")
