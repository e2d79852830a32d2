#!/bin/sh
# Mirror the home directory to the external disk and keep the last seven snapshots.
# Unchanged files are hard links into the previous snapshot, so each one looks
# complete and costs only what is new. Run by cron at half past one.
set -eu

source=$HOME/
disk=/media/backup
today=$(date +%F)

if ! mountpoint -q "$disk"; then
    echo "backup: the disk is not plugged in" >&2
    exit 1
fi

rsync --archive --delete --exclude='.cache/' \
      --link-dest="$disk/latest" "$source" "$disk/$today.partial"
mv "$disk/$today.partial" "$disk/$today"
ln -sfn "$today" "$disk/latest"

# Nothing is removed but directories named like a date.
ls -d "$disk"/20??-??-?? | head -n -7 | while read -r old; do
    rm -rf -- "$old"
done
