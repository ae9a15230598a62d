"""Run a command that ends with the process that runs it, however that ends, and that speaks to a file:
`python kernel_process.py FILE COMMAND ...`."""

import ctypes
import os
import signal
import sys

# PR_SET_PDEATHSIG of prctl(2); where there is none (it is no Linux), a kernel looks for its parent by itself
SET_PARENT_DEATH_SIGNAL = 1

if __name__ == "__main__":
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != int(os.environ["JPY_PARENT_PID"]):
            sys.exit("the run that started this kernel has ended")
    try:
        spoken = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:  # a full disk
        spoken = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(spoken, descriptor)
    os.execv(sys.argv[2], sys.argv[2:])
