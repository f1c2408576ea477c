"""Uploads and reports. They are written once under a random name: what is in the store already is never read again."""

from pathlib import Path

from backups.store import Store


def keep_files(folder: Path, store: Store) -> int:
    """Takes what is new; how many."""
    new = [path for path in folder.rglob("*") if path.is_file() and not store.has(_name(path, folder))]
    for path in new:
        with path.open("rb") as content:
            store.put(_name(path, folder), content)
    return len(new)


def confirm_files(folder: Path, store: Store) -> None:
    """Marks those that still stand, so that `prune` finds those that were withdrawn."""
    for name in store.names("files"):
        if (folder / name.removeprefix("files/")).exists():
            store.confirm(name)


def restore_files(store: Store, folder: Path) -> int:
    names = store.names("files")
    for name in names:
        path = folder / name.removeprefix("files/")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("wb") as out:
            store.get(name, out)
    return len(names)


def _name(path: Path, folder: Path) -> str:
    return f"files/{path.relative_to(folder)}"
