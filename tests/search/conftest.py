from tests.access.fixtures import world
from tests.api.conftest import program_of

__all__ = ["program_of", "world"]
