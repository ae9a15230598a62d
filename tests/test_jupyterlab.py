"""A report's notebook in JupyterLab itself, opened in a browser and run from its first cell to its last."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from analysis import manifests
from tests.browser import CHROMIUM, chromium
from tests.kills import until

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (Debian: apt-get install chromium)")
MODEL = "jupyterapp.shell.currentWidget?.content?.model"
READY = f"!!window.jupyterapp && {MODEL}?.cells?.length > 0 && jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab that is rooted in the committed report's folder, on a free port, with a token."""
    shutil.copytree(manifests.ROOT / "reports" / "seeds", tmp_path / "report")
    homes = {name: str(tmp_path)
             for name in ("HOME", "IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
    environment = {**os.environ, **homes, "PYTHONPATH": f"{manifests.ROOT}:{os.pathsep.join(sys.path)}", "JUPYTER_TOKEN": "t"}
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--port=0", "--expose-app-in-browser",
               f"--ServerApp.root_dir={tmp_path / 'report'}"]
    with open(tmp_path / "said", "w") as said, subprocess.Popen(command, env=environment, stdout=said, stderr=said) as server:
        try:
            yield until(lambda: re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/", (tmp_path / "said").read_text()), 180)[0]
        finally:
            server.terminate()


def test_a_notebook_runs_through_and_a_link_from_its_table_opens_the_article_at_its_mark(lab):
    with chromium() as tab:
        tab.send("Page.navigate", url=f"{lab}lab/tree/notebooks/claims.ipynb?token=t")
        tab.wait(READY)
        tab.ask("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        assert tab.ask("jupyterapp.commands.execute('notebook:run-all-cells')") is not False
        cells = [cell for cell in tab.ask(f"{MODEL}.toJSON()")["cells"] if cell["cell_type"] == "code"]
        outputs = [output for cell in cells for output in cell["outputs"]]
        assert cells and all(cell["execution_count"] for cell in cells) and outputs
        assert [output for output in outputs if output["output_type"] == "error"] == []
        tab.wait("document.querySelectorAll('.jp-OutputArea-output svg').length > 0")
        link = "[...document.querySelectorAll('.jp-OutputArea-output a')].map(link => link.href).find(address => address.includes('/articles/'))"
        tab.wait(f"!!{link}")
        tab.send("Page.navigate", url=tab.ask(link))
        tab.wait("location.pathname.includes('/files/articles/') && document.querySelector(':target') !== null")
