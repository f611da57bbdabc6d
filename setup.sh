#!/bin/sh
# Makes .venv and installs one requirements file into it, with a clear line for whatever stands in the way.
set -eu
requirements=$1
need_mb=2500

say() { printf '%s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

find_python() {
    for candidate in "${PYTHON:-}" python3.12 python3.13 python3 python; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if [ ! -x .venv/bin/python ] || ! is_new_enough .venv/bin/python; then
    python=$(find_python) || stop "Python 3.12 or later is needed and was not found ($(python3 --version 2>&1 || echo no python3)). Install it, or name it: make run PYTHON=/path/to/python3.12"
    free_mb=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "$free_mb" -ge "$need_mb" ] || stop "the disk has $free_mb MB free and $need_mb MB are needed for packages and the demo city; free some space."
    say "Making .venv with $("$python" --version) ..."
    "$python" -m venv .venv || stop "the virtual environment could not be made. On Debian or Ubuntu: apt install python3.12-venv"
fi

say "Installing $requirements (some minutes the first time) ..."
log=.venv/pip.log
if ! .venv/bin/python -m pip install --disable-pip-version-check --progress-bar on -r "$requirements" >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    if grep -qiE 'no space left' "$log"; then
        stop "the disk is full; free some space and run again."
    fi
    if grep -qiE 'NewConnectionError|name resolution|Temporary failure|timed out|Network is unreachable|ProxyError|Connection refused' "$log"; then
        stop "the package registry cannot be reached. Check the network or the proxy (pip's settings), or install from a folder of wheels: PIP_NO_INDEX=1 PIP_FIND_LINKS=/path make run"
    fi
    stop "packages could not be installed; the whole log is in $log"
fi
say "Installed."
