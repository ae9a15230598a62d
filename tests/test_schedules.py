"""The recipes for schedules, run as they are written, on a copy of the project with an environment of its own."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request

import pytest
import yaml

from analysis import manifests

SCHEDULES = manifests.ROOT / "analysis" / "schedules"
WORKFLOW = manifests.ROOT / ".github" / "workflows" / "report.yml"
ANALYZE = shutil.which("systemd-analyze")
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/", "SHELL": "/bin/sh"}  # what cron gives


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with "onrecord" (the project, with its .venv), "articles" and "reports", as the recipes have in /srv."""
    place = tmp_path_factory.mktemp("srv")
    project = place / "onrecord"
    shutil.copytree(manifests.ROOT, project, ignore=shutil.ignore_patterns(".*", "reports", "tests", "__pycache__"))
    command = project / ".venv" / "bin" / "onrecord"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH={project}:{os.pathsep.join(sys.path)} exec {sys.executable} -m analysis.cli "$@"\n')
    command.chmod(0o755)
    (project / ".venv" / "ready").touch()
    (place / "articles").mkdir()
    (place / "articles" / "boats.txt").write_text("The mayor of Oldbridge said 12 boats burned.\n")
    return place


def moved(text, place):
    return text.replace("/srv/", f"{place}/")


def run(command, place, **environment):
    done = subprocess.run(command, env={**BARE, **environment}, cwd=place, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done


def reports(folder):
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.suffix != ".runs"]


def test_the_crontab(place):
    lines = [line for line in moved((SCHEDULES / "crontab").read_text(), place).splitlines() if not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines[:-1])
    when, command = re.fullmatch(r"((?:\S+ ){5})(.*)", lines[-1]).groups()
    assert when == "17 3 * * * " and "%" not in command
    assert run(["/bin/sh", "-c", command], place, **settings).stdout == ""
    assert len(reports(place / "reports")) == 1 and manifests.intact(place / "reports" / "latest")


@pytest.mark.skipif(not ANALYZE, reason="no systemd is installed")
def test_the_units_are_what_systemd_takes(place):
    for name in ("onrecord.service", "onrecord.timer"):
        (place / name).write_text(moved((SCHEDULES / name).read_text(), place))
    done = subprocess.run([ANALYZE, "verify", "--man=no", place / "onrecord.service", place / "onrecord.timer"],
                          capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "onrecord" in line] == [] and done.returncode == 0
    (place / "onrecord.timer").write_text("[Timer]\nOnCalendar=never\n")
    assert "onrecord.timer" in subprocess.run([ANALYZE, "verify", place / "onrecord.timer"], capture_output=True, text=True).stderr


def test_the_service_s_command(place):
    command = re.search("^ExecStart=(.*)$", moved((SCHEDULES / "onrecord.service").read_text(), place), re.MULTILINE)[1]
    page = run(shlex.split(command), place).stdout.strip()
    assert page.startswith(f"{place}/reports/") and os.path.isfile(page)


def test_the_workflow(place):
    workflow = yaml.safe_load(WORKFLOW.read_text())
    job = workflow["jobs"]["report"]
    assert "vars.ONRECORD == 'on'" in job["if"] and job["env"]["CORPUS"].endswith("'seeds' }}")
    corpus = place / "onrecord" / "boats"
    shutil.copytree(place / "articles", corpus, dirs_exist_ok=True)
    for step in job["steps"]:
        if "run" in step:
            run(["/bin/bash", "-e", "-c", step["run"] + " 2> said"], place / "onrecord", CORPUS="boats")
    assert manifests.intact(place / "onrecord" / "reports" / "by-date" / "latest")
    uploads = [step["with"]["path"] for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact")]
    assert uploads == ["reports/by-date"]


@pytest.fixture
def lab(place, tmp_path):
    """A running JupyterLab with its scheduler, in the folder of notebooks: a function that asks it (path, body) for JSON."""
    environment = {**os.environ, "PYTHONPATH": f"{place / 'onrecord'}:{os.pathsep.join(sys.path)}", "HOME": str(tmp_path),
                   "IPYTHONDIR": str(tmp_path),
                   "JUPYTER_DATA_DIR": str(tmp_path / "data"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
                   "JUPYTER_TOKEN": "t"}
    (tmp_path / "data").mkdir()
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--port=0", "--ServerApp.root_dir",
               place / "onrecord" / "notebooks"]
    with open(tmp_path / "said", "w") as said, subprocess.Popen(command, env=environment, stdout=said, stderr=said) as server:
        try:
            url = until(lambda: re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/", (tmp_path / "said").read_text()), server)[0]
            yield lambda path, body=None: json.load(urllib.request.urlopen(urllib.request.Request(
                url + path, data=body and json.dumps(body).encode(),
                headers={"Authorization": "token t", "Content-Type": "application/json"})))
        finally:
            server.terminate()


def until(found, server, seconds=180):
    """What `found` returns, as soon as that is something."""
    for _ in range(seconds * 5):
        if answer := found():
            return answer
        assert server is None or server.poll() is None
        time.sleep(0.2)
    raise AssertionError("it took too long")


@pytest.mark.skipif(not importlib.util.find_spec("jupyter_scheduler"), reason="jupyter-scheduler is not installed")
def test_jupyterlab_s_scheduler_runs_a_notebook_with_parameters(place, tmp_path, lab):
    environment = lab("scheduler/runtime_environments")[0]["name"]
    job = lab("scheduler/jobs", {
        "name": "boats", "input_uri": "claims.ipynb", "runtime_environment_name": environment, "output_formats": ["ipynb"],
        "parameters": {"corpus": json.dumps(str(place / "articles"))}})["job_id"]
    ended = until(lambda: (told := lab(f"scheduler/jobs/{job}"))["status"] in ("COMPLETED", "FAILED") and told, None)
    assert ended["status"] == "COMPLETED", ended["status_message"]
    executed, = (tmp_path / "data" / "scheduler_staging_area" / job).glob("claims-*.ipynb")
    assert "mayor of Oldbridge" in executed.read_text()
