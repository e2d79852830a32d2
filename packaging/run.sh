#!/bin/sh
# Shows what VexGUI does: indexes the sample files, asks about them in other words than theirs, opens the window.
set -eu
cd "$(dirname "$0")/.."

vexgui() { .venv/bin/vexgui --profile run/profile "$@"; }

echo "Indexing resources/samples ..."
vexgui index resources/samples

while read -r question; do
    printf '\n? %s\n' "$question"
    vexgui search "$question" -n 2
done <<'QUESTIONS'
why can't I fall asleep
a creamy Italian dish with fungi
whales seen from a boat
complaint that my apartment is too cold
thread-safe circular queue
QUESTIONS

printf '\nWhat pictures show, their names hidden from the search: the place of the right picture.\n\n'
.venv/bin/python packaging/samples/ask_pictures.py .venv/bin/vexgui --profile run/profile

echo
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "Opening the window."
    vexgui gui --query "sunset over the ocean"
else
    vexgui gui --query "sunset over the ocean" --screenshot run/window.png
    echo "There is no screen here; a picture of the window is in run/window.png."
fi
