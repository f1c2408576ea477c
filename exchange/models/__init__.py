from exchange.models.claims import AssetClaim, EarlyWarning, WarningLook
from exchange.models.collections import Collection
from exchange.models.imports import Import, ImportRun
from exchange.models.objects import Observable, Reference, StixObject
from exchange.models.pushes import Push
from exchange.models.tokens import MachineToken
from exchange.models.work import Mirroring

__all__ = [
    "AssetClaim",
    "Collection",
    "EarlyWarning",
    "Import",
    "ImportRun",
    "MachineToken",
    "Mirroring",
    "Observable",
    "Push",
    "Reference",
    "StixObject",
    "WarningLook",
]
