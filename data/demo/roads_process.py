"""Writes the demo's roads in a process of its own, so that a second core draws streets while children are simulated.

Run as `python -m data.demo.roads_process PATH SEED` with the pickled geography on its standard input. It is started
this way, not by `multiprocessing`, because that would run the command line again in the new process.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from data import settings
from data.demo.geography import DemoGeography
from data.errors import RembukError


class RoadsFailedError(RembukError, RuntimeError):
    """The demo's roads could not be written."""

    code = "demo_roads_failed"


def write_roads_beside(geography: DemoGeography, path: Path, seed: int) -> None:
    """Write the road network to `path` and wait for it; raises RoadsFailedError with the process's last words."""
    command = [sys.executable, "-m", "data.demo.roads_process", str(path.resolve()), str(seed)]
    done = subprocess.run(  # noqa: S603 - our own module and our own arguments
        command, input=pickle.dumps(geography), cwd=settings.PROJECT_ROOT, capture_output=True, check=False
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise RoadsFailedError(
            f"the demo's roads could not be written to {path} ({words[-1] if words else 'no reason given'}); free some "
            "space or memory and run `python -m dashboard demo` again."
        )


if __name__ == "__main__":
    from data.demo.roads import write_demo_roads

    handed_over = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    write_demo_roads(handed_over, Path(sys.argv[1]), int(sys.argv[2]))
