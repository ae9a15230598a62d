"""Run a notebook with its parameters, and keep of it only what is the same on every day and machine."""

import logging
import sys
import weakref
from pathlib import Path

import nbformat
import papermill
from jupyter_client import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError

from analysis.report import publish

KERNEL_PROCESS = Path(__file__).with_name("kernel_process.py")
logging.getLogger("papermill").addHandler(logging.NullHandler())  # what it logs of a kernel that dies is in the error
KEPT_METADATA = ("kernelspec", "language_info")
KERNEL_LOG = "kernel.log"
MANAGERS = weakref.WeakSet()  # of the kernels that this process has started


def _kernel_manager(folder):
    """A class of kernel managers that speak to their kernel over sockets in a folder: no port, and none of the warnings that ports bring.

    What the kernel's process says, as it dies for one, goes to a log in that folder, not to the terminal.
    """
    class SocketKernelManager(AsyncKernelManager):
        def __init__(self, **options):
            super().__init__(transport="ipc", connection_file=f"{folder}/kernel.json", **options)
            MANAGERS.add(self)

        def format_kernel_cmd(self, extra_arguments=None):
            return [sys.executable, "-IS", str(KERNEL_PROCESS), f"{folder}/{KERNEL_LOG}",
                    *super().format_kernel_cmd(extra_arguments)]

    return SocketKernelManager


def kill_kernels():
    """Kill every kernel that runs; the runs of their notebooks then fail."""
    for manager in list(MANAGERS):
        process = getattr(manager.provisioner, "process", None)
        if process is not None:
            process.kill()


def run(notebook, path, parameters, timeout=None):
    """Run a notebook, write it executed and normalised, and return it.

    Args:
        notebook: Path, a notebook without outputs.
        path: Path of the executed notebook, <report>/notebooks/<name>.ipynb; its kernel runs in that folder, as
            JupyterLab's would. When a cell fails, the notebook as far as it came is there.
        parameters: dict of name to value.
        timeout: int, the seconds that a cell may take; without end unless given.

    Raises ValueError naming the notebook, the cell and the cause; OSError where a file cannot be written. Costs a kernel's
    start and imports, about 2 s.
    """
    unexecuted = notebook_of(notebook)
    with publish.sockets(path.parents[1]) as sockets:
        try:
            executed = papermill.execute_notebook(
                unexecuted, _literally(path), parameters=parameters, progress_bar=False, record_timing=False,
                kernel_manager_class=_kernel_manager(sockets), shutdown_kernel="immediate", execution_timeout=timeout,
                # Not by `cwd`, for which papermill moves this whole process, and notebooks run side by side.
                resources={"metadata": {"path": str(path.parent)}},
            )
        except OSError as error:
            if timeout and isinstance(error, TimeoutError):
                raise ValueError(f"{path.name}, cell {_begun(path)}: it took longer than {timeout} s; give it more with --timeout") from error
            raise
        except PapermillExecutionError as error:
            raise ValueError(f"{path.name}, cell {_begun(path)}: {error.ename}: {error.evalue}") from error
        except Exception as error:  # its kernel died or does not answer, for one
            error.add_note(_said(sockets / KERNEL_LOG))
            raise ValueError(f"{path.name}, cell {_begun(path)}: {type(error).__name__}: {error}") from error
    write(normalised(executed), path)
    return executed


def _said(log):
    """What a kernel's process said, for the log of a failed run."""
    return f"The kernel said:\n{log.read_text(encoding='utf-8', errors='replace') if log.is_file() else ''}"


def _literally(path):
    """A path as papermill wants it, which fills in parameters between braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _begun(path):
    """The number of the last code cell that was begun; 1 where none was.

    papermill notes a cell's start before the kernel hears of it. Its status tells less: where a kernel died, all cells
    are "completed", and the execution count comes from the kernel.
    """
    try:
        cells = notebook_of(path).cells
    except ValueError:  # there is none yet, or half of one
        return 1
    return max(1, sum(bool(cell.cell_type == "code" and cell.metadata.get("papermill", {}).get("start_time")) for cell in cells))


def notebook_of(path):
    """Read a notebook; ValueError where the file is none."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # of whatever a file that is no notebook, or a hostile one, does to its reader
        raise ValueError(f"{path}: this cannot be read as a notebook ({error}).") from error


def normalised(notebook):
    """A notebook without what differs from run to run: times, paths, versions, and the injected cell's chance id."""
    notebook.metadata = nbformat.from_dict({name: notebook.metadata[name] for name in KEPT_METADATA})
    notebook.metadata.language_info.pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
    return notebook


def write(notebook, path):
    """Write a notebook as JSON with a newline at its end; ValueError where an output holds NaN or Infinity, which JSON has not."""
    try:
        text = nbformat.writes(notebook, allow_nan=False)
    except ValueError as error:
        raise ValueError(f"{path.name}: its outputs are no JSON ({error}).") from error
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
