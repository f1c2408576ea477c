from tests.access.fixtures import world_of_the_folder

__all__ = ["world_of_the_folder"]
