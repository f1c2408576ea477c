from tests.access.fixtures import world

__all__ = ["world"]
