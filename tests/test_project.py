"""What a stranger needs to install and trust the project."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def locked():
    """Name to (version, number of hashes) of everything in the lock."""
    entries = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(.*(?:\n +--hash.*)*)", LOCK, re.MULTILINE)
    return {name: (version, rest.count("--hash=sha256:")) for name, version, rest in entries}


def test_the_lock_pins_and_hashes_everything_and_names_no_host():
    assert len(locked()) > 100 and all(hashes for _, hashes in locked().values())
    assert not re.search(r"^ *-(?!-hash)|://", LOCK, re.MULTILINE)


def test_everything_the_project_names_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["test"]
    assert {re.match(r"[\w.-]+", requirement)[0] for requirement in named} <= set(locked())


def test_the_language_model_is_the_one_that_was_measured():
    assert "sha256:e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in LOCK
    assert not {"en-core-web-sm", "en-core-web-md", "en-core-web-lg", "en-core-web-trf"} & set(locked())


def test_nothing_is_kept_of_a_user_to_be_sent_elsewhere(tmp_path):
    """onnxruntime would write a device id and the events to send into the user's folder, before it sends them."""
    code = "from analysis.claims.tagger import session; session()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"HOME": str(tmp_path), "PATH": ""}, check=True)
    assert list(tmp_path.rglob("*")) == []
