#!/usr/bin/env bash
# Prepares Gradescope's container, once, when its image is built.
# Finds a Python of 3.11 or later, or installs one (Ubuntu 22.04 has 3.10); install.py does the rest.
# Apart from Python and apt-get these are all builtins of bash.
set -u

root=${AUTOGRADER_ROOT:-/autograder}

usable() { # whether this Python is new enough, and can make a venv
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in python3.13 python3.12 python3.11 python3; do
        usable "$python" && return
    done
    return 1
}

if ! find_python && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    for version in 3.13 3.12 3.11; do
        apt-get install -q -y --no-install-recommends "python$version" "python$version-venv" && break
    done
    find_python
fi

if ! usable "$python"; then
    echo "setup: backcheck needs Python 3.11 or later with venv; none was found, and none could be installed." >&2
    echo "setup: choose Ubuntu 22.04 or later as the base image in Gradescope's autograder settings." >&2
    exit 1
fi

exec "$python" -I "$root/source/checks/autograder/install.py" "$root"
