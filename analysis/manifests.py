"""What a report is made from: the corpus's files, the parameters, the code and the versions; its tables, read again;
and what of the report before can stand as it is: all of it, its tables, or some of its notebooks."""

import hashlib
import json
import platform
import re
from importlib import metadata
from pathlib import Path, PurePosixPath

from analysis import english
from analysis.corpus import inputs
from analysis.corpus.places import REPORT

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = "manifest.json"
CODE = ROOT / "analysis"
NOTEBOOKS = ROOT / "notebooks"
LOCK = ROOT / "requirements.txt"
DIGEST = re.compile("[0-9a-f]{64}")
PIECE = 1 << 16  # bytes of a file that are in memory at a time
ELSEWHERE = "…"  # in the place of a folder that a report must not name, as it is another on each machine
TABLES_DEPEND_ON = ("corpus", "inputs", "code", "versions", "python", "lock", "model")
MADE_BY = ("python", "versions", "model", "lock", "code", "notebooks")  # the part of a manifest that is no articles and no wish
PACKAGES = (
    "ipykernel", "jinja2", "matplotlib", "mistune", "nbclient", "nbconvert", "nbformat", "numpy", "onnxruntime", "pandas", "papermill",
    "pint", "pyarrow", "scipy", "spacy", "tokenizers",
)
READING = ("numpy", "onnxruntime", "spacy", "thinc", "tokenizers")  # those of the packages by which articles are read
READ_NOTHING = {
    "charts", "compare", "evaluate", "report", "schedules", "training", "cli.py", "extract.py", "grades.py", "legible.py", "progress.py",
    "review.py", "sentences.py", "show.py", "store.py", "tabulate.py", "whole_file.py", "workers.py",
}


def read_tables(folder):
    """All tables in a folder: those that are `declared`."""
    from analysis import tables  # loads pandas, which the check that nothing has changed never needs

    return tables.read(folder, declared())


def declared():
    """The columns of all tables: those of `analysis.tables.TABLES` and `analysis.compare.columns.TABLES`."""
    from analysis import tables
    from analysis.compare import columns

    return {**tables.TABLES, **columns.TABLES}


def recorded(folder):
    """How a report names its corpus: by its path from the project's folder, or, where it lies elsewhere, by its last name, as "…/name"."""
    folder = Path(folder).resolve()
    # The last name alone may be that of another folder, in the project.
    inside = folder.is_relative_to(ROOT) and folder != ROOT
    name = folder.relative_to(ROOT).as_posix() if inside else f"{ELSEWHERE}/{folder.name or 'corpus'}"
    return name.encode("utf-8", "replace").decode("utf-8")  # a name that is not UTF-8 can stand in no notebook


def describe(folder, given, name=None):
    """The manifest but for the plan and the outputs: all that a report's bytes depend on, no clock and no path.

    Args:
        folder: Path of the corpus.
        given: dict of parameter name to value, as the call gave them.
        name: str, how the report names its corpus; as `recorded` has it unless given.

    Loads neither pandas nor spaCy; costs about 0.2 s.
    """
    return {
        "corpus": name or recorded(folder),
        **_same(folder),
        "python": platform.python_version(),
        "lock": _sha256(LOCK),
        "model": english.identity(),
        "notebooks": {path.stem: _sha256(path) for path in notebooks()},
        "given": given,
    }


def notebooks():
    """Paths of all notebooks, by name."""
    return sorted(NOTEBOOKS.glob("*.ipynb"))


def notebook(name):
    """Path of the notebook that is run under a name, as "event-<event_id>" or "source-<source_id>"."""
    kind = name.partition("-")[0]
    return NOTEBOOKS / f"{kind}.ipynb"


def outputs(folder):
    """Every file of a report but the manifest and hidden ones: dict of path to sha256, in the order of the paths.

    What is no file has words for it: "a link" (to a folder too), "no regular file", "unreadable".
    """
    paths = {name: path for name, path in _shown(folder).items() if name != MANIFEST and (path.is_symlink() or not path.is_dir())}
    return {name: "a link" if path.is_symlink() else _sha256(path) if path.is_file() else "no regular file" for name, path in paths.items()}


def code_hash():
    """One sha256 over the names and bytes of all that runs, the tagger included, but for the notebooks (about 0.1 s)."""
    total = hashlib.sha256()
    for name, path in _code().items():
        total.update(f"analysis/{name}\0{_sha256(path)}\n".encode())
    return total.hexdigest()


def reading_identity():
    """In words that are the same where what is read of an article is: code, words and weights, model, libraries, Python (about 0.1 s)."""
    code = {name: _sha256(path) for name, path in _code().items() if name.split("/")[0] not in READ_NOTHING}
    return json.dumps([code, english.identity(), {name: metadata.version(name) for name in READING}, platform.python_version()])


def write(manifest, folder):
    """Write a manifest into a report's folder; ValueError where it holds NaN or Infinity, which JSON has not."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (Path(folder) / MANIFEST).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def read(folder):
    """The manifest of a report; ValueError where there is none or it cannot be read."""
    path = Path(folder) / MANIFEST
    try:
        if path.exists() and not path.is_file():  # reading a pipe waits for whoever writes to it
            raise ValueError("it is no regular file")
        manifest = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"{path}: this is no report's manifest ({error}).") from error
    if not isinstance(manifest, dict):
        raise ValueError(f"{path}: this is no report's manifest (it is no object).")
    return manifest


def _no_number(name):
    raise ValueError(f"{name} is no JSON")


def fault(manifest):
    """The first key of a manifest whose value is not of the form in which `describe`, a plan and outputs give it; None where all are.

    Args:
        manifest: dict, as `read` gives it.
    """
    wrong = (name for name in [*FORMS, *manifest] if name not in manifest or name not in FORMS or not FORMS[name](manifest[name]))
    return next(wrong, None)


def _text(value):
    return isinstance(value, str)


def _texts(value):
    return isinstance(value, dict) and all(map(_text, value.values()))


def _values(value):
    return isinstance(value, dict) and all(isinstance(one, str | int | float) or _listed(one) for one in value.values())


def _listed(value):
    return isinstance(value, list) and all(map(_text, value))


FORMS = {
    "corpus": _text, "inputs": _texts, "code": _text, "versions": _texts, "python": _text, "lock": _text, "model": _texts, "notebooks": _texts,
    "given": _values,
    "parameters": lambda value: isinstance(value, dict) and all(map(_values, value.values())),
    "outputs": lambda value: _texts(value) and all(map(DIGEST.fullmatch, value.values())),
}


def corpus_of(manifest):
    """The folder of articles that a manifest names, in the project's folder: Path, which need not be there.

    Raises ValueError where the name is none that `recorded` gives, but leads out of the project's folder, or is all of it.
    """
    parts = PurePosixPath(manifest["corpus"]).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in manifest["corpus"]:
        raise ValueError(f"{MANIFEST}: the corpus {manifest['corpus']!r} is no folder in the project's folder, so nothing is read there.")
    return ROOT.joinpath(*parts)


def identity(report):
    """The sha256 of a report's manifest, by which other files name the report."""
    return _sha256(Path(report) / MANIFEST)


def fingerprint(manifest):
    """The sha256 by which a report is cited: over all of its manifest but the outputs, which it stands in and which follow from the rest."""
    told = {name: value for name, value in manifest.items() if name != "outputs"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")).hexdigest()


def intact(report):
    """The manifest of a report whose files are all as it says; None where there is no such report."""
    if not (report / MANIFEST).is_file():
        return None
    try:
        manifest = read(report)
    except ValueError:
        return None
    return manifest if fault(manifest) is None and manifest["outputs"] == outputs(report) else None


def unchanged(before, described):
    """Whether a report would come out the same.

    Args:
        before: dict, the manifest of the report before, or None.
        described: dict, as `describe` gives it.
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
    templates = {name: notebook(name).stem for name in planned}
    return [name for name, values in planned.items() if before["parameters"].get(name) == values
            and before["notebooks"].get(templates[name]) == described["notebooks"][templates[name]]]


def is_report(folder):
    """Whether a folder is that of a report."""
    return all((Path(folder) / name).exists() for name in REPORT)


def made_from(report, folder):
    """Whether the tables of a report are those of a folder of articles, read by the code and versions that are here."""
    if not (report / MANIFEST).is_file():
        return False
    manifest = read(report)
    return all(manifest.get(name) == value for name, value in _same(folder).items())


def state(folder):
    """Dict of all that the tables of a folder of articles depend on."""
    return {**_same(folder), "python": platform.python_version(), "model": english.identity()}


def _same(folder):
    """What must be the same for the tables to be the same."""
    return {"inputs": _inputs(folder), "code": code_hash(), "versions": _versions()}


def _versions():
    return {name: metadata.version(name) for name in PACKAGES}


def _inputs(folder):
    """Path to sha256 of every file of a corpus that is read or told to be left out; a link, which is not followed, has none."""
    return {name: "a link" if path.is_symlink() else _sha256(path) for name, path in inputs(folder).items()}


def _code():
    """Path, from its folder, to Path of every file that runs, the tagger included, but for the notebooks."""
    return {name: path for name, path in _shown(CODE).items() if "__pycache__" not in name.split("/") and not path.is_dir()}


def _shown(folder):
    """Path, from the folder, to Path of all that lies under it but the hidden, in the order of the paths."""
    paths = {path.relative_to(folder).as_posix(): path for path in Path(folder).rglob("*")}
    return {name: paths[name] for name in sorted(paths) if not any(part.startswith(".") for part in name.split("/"))}


def _sha256(path):
    try:
        if path.is_file():
            digest = hashlib.sha256()
            with open(path, "rb", buffering=0) as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
            return digest.hexdigest()
    except OSError:
        pass
    return "unreadable"  # the corpus lists it as left out
