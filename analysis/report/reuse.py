"""What of the report before can stand as it is: all of it, its tables, or some of its notebooks."""

from analysis import origin

TABLES_DEPEND_ON = ("corpus", "inputs", "code", "versions", "python", "lock", "model")


def intact(report):
    """The manifest of a report whose files are all as it says; None where there is no such report."""
    if not (report / origin.MANIFEST).is_file():
        return None
    try:
        manifest = origin.read(report)
    except ValueError:
        return None
    return manifest if origin.fault(manifest) is None and manifest["outputs"] == origin.outputs(report) else None


def unchanged(before, described):
    """Whether a report would come out the same.

    Args:
        before: dict, the manifest of the report before, or None.
        described: dict, as `analysis.origin.describe` gives it.
    """
    return before is not None and all(before.get(name) == value for name, value in described.items())


def same_tables(before, described):
    """Whether the tables of the report before are those of the new one; arguments as for `unchanged`."""
    return before is not None and all(before.get(name) == described[name] for name in TABLES_DEPEND_ON)


def same_notebooks(before, described, planned):
    """The names of the executed notebooks that would come out the same.

    Args:
        before, described: as for `unchanged`.
        planned: dict of executed notebook's name to its parameters.
    """
    if not same_tables(before, described):
        return []
    templates = {name: origin.notebook(name).stem for name in planned}
    return [name for name, values in planned.items() if before["parameters"].get(name) == values
            and before["notebooks"].get(templates[name]) == described["notebooks"][templates[name]]]
