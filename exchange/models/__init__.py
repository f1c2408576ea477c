from exchange.models.collections import Collection
from exchange.models.mirrorings import Mirroring
from exchange.models.objects import Observable, StixObject
from exchange.models.pushes import Push
from exchange.models.tokens import MachineToken

__all__ = ["Collection", "MachineToken", "Mirroring", "Observable", "Push", "StixObject"]
