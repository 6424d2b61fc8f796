#!/bin/sh
# A small disk, full in the middle of an import, a recalculation, an undo: said in
# so many words, nothing by halves, and once there is room again the work goes on
# to the end it would have had. The disk is a tmpfs in a mount namespace of ours.
if [ -z "${SMALL_DISK:-}" ]; then
  SMALL_DISK=$(mktemp -d "${TMPDIR:-/tmp}/ecompta-disk.XXXXXX") || exit 99
  export SMALL_DISK
  own=-m
  [ "$(id -u)" = 0 ] || own=-rm
  if unshare $own mount -t tmpfs -o size=1m none "$SMALL_DISK" 2>/dev/null; then
    unshare $own sh -c 'mount -t tmpfs -o size=24m none "$SMALL_DISK" && sh "$0"' "$0"
    code=$?
  else
    echo 'skipped: no right to mount a small disk here'
    code=77
  fi
  rmdir "$SMALL_DISK"
  exit $code
fi

. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/deeds.sh"
need sqlite3
ECOMPTA_STORE=$SMALL_DISK/store.db

deeds_prepare 100 400 500 || { fail 'the exports come in' "$(tail -3 answers)"; finish; }
deeds_expect || finish

fill() { # KILOBYTES that are left
  room=$(df -k --output=avail "$SMALL_DISK" | tail -1)
  [ "$room" -le "$1" ] || head -c $(((room - $1) * 1024)) /dev/zero >"$SMALL_DISK/filler"
}

for work in $DEEDS; do
  free=0 full=0 done=0
  # A little more room each time, until it was enough twice.
  while [ $done -lt 2 ]; do
    bring "$work"
    rm -rf "$SMALL_DISK/backups"
    fill $free
    name="$work, $free KB left"
    : >answers
    if run_deed "$work" || [ $? -eq 4 ]; then
      done=$((done + 1))
    else
      full=$((full + 1))
      grep -q 'disk is full' answers || fail "$name: not told" "$(cat answers)"
    fi
    rm -f "$SMALL_DISK/filler"
    whole "$name"
    finish_deed "$work" $free || fail "$name: again" "$(tail -3 answers)"
    settled "$work" "$name"
    find "$SMALL_DISK" -name '.new-*' >left.txt
    [ ! -s left.txt ] || fail "$name: left behind" "$(cat left.txt)"
    free=$((free + free / 8 / ${CRASH_ROUNDS:-1} + 16))
  done
  if [ $full -gt 2 ]; then
    echo "ok: $work, full $full times of $((full + done))"
  else
    fail "$work was full $full times only"
  fi
done

# The first start of all.
rm -f "$ECOMPTA_STORE"* && rm -rf "$SMALL_DISK/backups"
fill 40
refuse 'a new store has no room' 1 'disk is full' crm company add 'Sahel Négoce SARL'
rm -f "$SMALL_DISK/filler"
check 'nothing of it is left' '' ls -A "$SMALL_DISK"
crm company add 'Sahel Négoce SARL' >answers 2>&1 || fail 'it is made once there is room' "$(cat answers)"
finish
