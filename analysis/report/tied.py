"""Run a command that ends with the process that runs it, however that ends: `python tied.py COMMAND ...`."""

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2); where there is none (it is no Linux), a kernel looks for its parent by itself

if __name__ == "__main__":
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != int(os.environ["JPY_PARENT_PID"]):
            sys.exit("the run that started this kernel has ended")
    os.execv(sys.argv[1], sys.argv[1:])
