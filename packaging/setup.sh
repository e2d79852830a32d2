#!/bin/sh
# Makes .venv ready to run, test and check VexGUI: system libraries, Python, pinned packages.
#
# A second run ends at once: a stamp in .venv holds a hash of all that decides what is in it. It is written last, so
# that an interrupted set-up is begun anew. PYTHON=/path/to/python chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

venv=.venv
stamp=$venv/setup.stamp
log=$venv.log
pins=packaging/constraints.txt

# What Qt loads from the system, as "library package"; the second list is for the X display only.
qt_libraries="libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0"
x_libraries="libX11-xcb.so.1 libx11-xcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0"

say() { echo "setup: $*"; }

stop() {
    echo "setup: $*" >&2
    exit 3
}

# Runs a command with its output in the log; when it fails, shows the log's end and stops.
logged() {
    if ! "$@" >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        stop "this failed: $* (all of its output is in $log)"
    fi
}

# Prints how this user becomes root without a question, or fails.
root_prefix() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

# Installs system packages, or says what to type.
install_packages() {
    command -v apt-get >/dev/null || stop "the system lacks what these Debian packages hold: $*. Install them, then run make setup again."
    prefix=$(root_prefix) || stop "system packages are missing. Type: sudo apt-get install $*"
    say "system packages: $*"
    apt="$prefix DEBIAN_FRONTEND=noninteractive apt-get"
    # A fresh system has no package lists yet, or old ones: they are fetched when the first try fails.
    # shellcheck disable=SC2086
    if ! $apt install -y --no-install-recommends "$@" >>"$log" 2>&1; then
        logged $apt update
        logged $apt install -y --no-install-recommends "$@"
    fi
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Prints the first Python that is new enough and passes a further test.
first_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 /usr/bin/python3}; do
        if is_new_enough "$candidate" && "$1" "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Sets $python, installing what is missing to make a virtual environment where that can be done.
find_python() {
    if python=$(first_python can_make_venv); then
        return
    fi
    if bare=$(first_python is_new_enough); then
        install_packages "$("$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    elif [ -z "${PYTHON:-}" ]; then
        install_packages python3-venv
    fi
    python=$(first_python can_make_venv) ||
        stop "Python 3.11 or newer is needed, with its venv module. Type: sudo apt-get install python3.11 python3.11-venv; or name one: make setup PYTHON=/path/to/python3"
}

# Prints the packages of a list whose library cannot be loaded.
missing_libraries() {
    echo "$2" | "$1" -c '
import ctypes, sys
for library, package in map(str.split, sys.stdin):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
'
}

# Prints the packages that Qt lacks, and a font package where no font lies.
missing_packages() {
    missing_libraries "$1" "$qt_libraries"
    if [ -n "${DISPLAY:-}" ]; then
        missing_libraries "$1" "$x_libraries"
    fi
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" "${HOME:-/nonexistent}/.local/share/fonts"; do
        if [ -n "$(find -L "$folder" -name '*.[ot]t[cf]' -print -quit 2>/dev/null)" ]; then
            return
        fi
    done
    echo fonts-dejavu-core
}

need_libraries() {
    missing=$(missing_packages "$1")
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086
        install_packages $missing
    fi
}

# Installs what the tests of the window on a screen use and, for root alone, those of file systems; where that cannot be
# done, they are skipped by name.
want_test_tools() {
    tools="Xvfb:xvfb xdotool:xdotool evilwm:evilwm gio:libglib2.0-bin update-mime-database:shared-mime-info"
    if [ "$(id -u)" = 0 ]; then
        tools="$tools mkfs.ext4:e2fsprogs mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs rsync:rsync"
    fi
    missing=$(missing_libraries "$venv/bin/python" "$x_libraries" | tr '\n' ' ')
    for tool in $tools; do
        command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool##*:}"
    done
    if [ -z "$missing" ] || ! command -v apt-get >/dev/null || ! prefix=$(root_prefix); then
        return
    fi
    say "for the tests: $missing"
    apt="$prefix DEBIAN_FRONTEND=noninteractive apt-get"
    # shellcheck disable=SC2086
    if ! { $apt install -y --no-install-recommends $missing || { $apt update && $apt install -y --no-install-recommends $missing; }; } >>"$log" 2>&1; then
        say "these could not be installed; some tests are skipped"
    fi
}

# Prints a hash of all that decides what .venv holds: a compiler too, because hnswlib comes with one.
wanted_stamp() {
    { cat pyproject.toml "$pins" packaging/setup.sh && pwd -P && "$1" -V && { command -v c++ || true; }; } | sha256sum
}

pip() { logged "$venv/bin/python" -m pip install --no-warn-script-location --constraint "$pins" "$@"; }

fill_venv() {
    torch=$(grep '^torch==' "$pins")
    say "$torch"
    pip "$torch" # first and by itself, so that what else needs torch takes this one
    say "VexGUI and the other packages"
    pip --editable '.[dev]'
    hnswlib=$(grep '^hnswlib==' "$pins")
    if "$venv/bin/python" -m pip install "$hnswlib" --constraint "$pins" >>"$log" 2>&1 &&
        "$venv/bin/python" -c 'import hnswlib' >>"$log" 2>&1; then
        say "$hnswlib"
    else
        say "hnswlib is left out, it needs a compiler (sudo apt-get install g++ python3-dev; make setup); search is exact without it"
    fi
}

if [ -f "$stamp" ] && is_new_enough "$venv/bin/python" && [ "$(cat "$stamp")" = "$(wanted_stamp "$venv/bin/python")" ]; then
    need_libraries "$venv/bin/python"
    exit 0
fi

: >"$log"
if [ -f "$stamp" ] && is_new_enough "$venv/bin/python" && [ -z "${PYTHON:-}" ]; then
    rm "$stamp" # what was complete is brought up to date; interrupted from here on, it is made anew
    need_libraries "$venv/bin/python"
else
    find_python
    need_libraries "$python"
    say "$venv with $("$python" -V)"
    logged "$python" -m venv --clear "$venv"
fi
fill_venv
want_test_tools
wanted_stamp "$venv/bin/python" >"$stamp"
say "done; .venv/bin/vexgui is the command"
