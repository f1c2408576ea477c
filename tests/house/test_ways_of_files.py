"""What people send reaches the disk by one door, which looks into it, and leaves by one: it runs nowhere."""

import ast

from tests.house.sources import python_files

# Read and never laid down as they came: (file, why).
READ_ONLY = {
    "capability/forms/base.py": "kept by documents.actions, which checks: words are saved though a file is refused",
    "exchange/forms/imports.py": "read as text by exchange/bulk",
    "imports/forms.py": "read by imports/reading.py, which checks workbooks",
}
CHECKED = {"documents/forms.py", "partnerships/forms/promise_fields.py"}
# Makes the paper of a note verbale itself.
MADE = {"correspondence/actions/notes.py"}


def functions():
    """(path, function) of the portal's own code."""
    for path, tree in python_files():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def names_in(node):
    """What is called, or named at all."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def test_nothing_is_laid_down_unchecked():
    layers = [(path, names_in(node)) for path, node in functions() if "write_checked" in names_in(node)]

    assert {path for path, names in layers if "check_upload" not in names} == MADE
    assert len(layers) == 3


def test_nothing_is_laid_down_in_another_way():
    others = {
        f"{path}: {node.func.attr}"
        for path, tree in python_files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_saving(node.func)
    }

    assert not others


def is_saving(called):
    """`row.content.save(…)`, `storage.save(…)`."""
    of = called.value
    name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
    return called.attr == "save" and (name == "content" or "storage" in name)


def test_every_field_for_a_file_checks_it_or_says_who_does():
    fields = {
        path
        for path, tree in python_files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("FileField", "ImageField")
        and isinstance(node.value, ast.Name)
        and node.value.id == "forms"
    }

    assert fields == set(READ_ONLY) | CHECKED
    assert {path for path, tree in python_files() if path in CHECKED and "check_upload" in names_in(tree)} == CHECKED


def test_kept_files_leave_by_one_door():
    """Beside it stand the tables and the reports that the portal makes."""
    makers = {
        path
        for path, tree in python_files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FileResponse"
    }

    assert makers == {"common/downloads.py", "documents/serving.py", "reporting/views/reports.py"}
