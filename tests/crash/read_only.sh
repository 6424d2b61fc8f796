#!/bin/sh
# A store that cannot be written to all of a sudden, as a disk that the system has put
# to read-only: a launch and a round of sending say so in one sentence and nothing leaves;
# when it can be written to again everybody gets their message, once. The disk is a tmpfs
# in a mount namespace of ours.
if [ -z "${SMALL_DISK:-}" ]; then
  SMALL_DISK=$(mktemp -d "${TMPDIR:-/tmp}/ecompta-disk.XXXXXX") || exit 99
  export SMALL_DISK
  own=-m
  [ "$(id -u)" = 0 ] || own=-rm
  if unshare $own sh -c 'mount -t tmpfs -o size=1m none "$SMALL_DISK" &&
    mount -o remount,ro "$SMALL_DISK"' 2>/dev/null; then
    unshare $own sh -c 'mount -t tmpfs -o size=64m none "$SMALL_DISK" && sh "$0"' "$0"
    code=$?
  else
    echo 'skipped: no right to mount a small disk here'
    code=77
  fi
  rmdir "$SMALL_DISK"
  exit $code
fi

. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/sim.sh"
need sqlite3
PEOPLE=40
ECOMPTA_STORE=$SMALL_DISK/store.db

sim_monday
sim_start
sim_company $PEOPLE
first=$(crm campaigns create --name Premier --channel sms --text promo.txt)
second=$(crm campaigns create --name Second --channel sms --text promo.txt)
crm campaigns launch "$first" --people $PEOPLE >launch.txt 2>&1 ||
  fail 'it is launched' "$(cat launch.txt)"

# What was said is one line, whose sentence tells of the store.
one_sentence() {
  "$@" >said.txt 2>&1
  code=$?
  [ "$(wc -l <said.txt)" = 1 ] || { echo 'more than one line:'; cat said.txt; return; }
  sed "s|$SMALL_DISK|DISK|g" said.txt
  echo "exit $code"
}
SENTENCE='ecompta-crm: The store “DISK/store.db” cannot be written to. Check its rights, then try again.
exit 1'

# NAME: what is asked of the store while it is so.
try_read_only() {
  mount -o remount,ro "$SMALL_DISK" || { fail 'the disk is made read-only'; finish; }
  check "$1: sending says so" "$SENTENCE" one_sentence crm send --once
  check "$1: so does a launch" "$SENTENCE" one_sentence \
    crm campaigns launch "$second" --people $PEOPLE
  check "$1: nothing was sent" '0' sim_got
  mount -o remount,rw "$SMALL_DISK" || { fail 'the disk is made writable'; finish; }
}

try_read_only 'a store at rest'
sqlite3 "$ECOMPTA_STORE" 'UPDATE campaign SET name = name || 1' '.shell kill -9 $PPID' >killed.txt 2>&1
[ -s "$ECOMPTA_STORE-wal" ] || fail 'a program that was killed leaves a log' "$(cat killed.txt)"
try_read_only 'with a log beside it'
check 'nothing was lost' "$PEOPLE" sql "SELECT count(*) FROM message WHERE status = 'QUEUED'"
check 'the other is still a draft' 'DRAFT' sql "SELECT status FROM campaign WHERE id = $second"
check 'it goes on' "Sent  $PEOPLE" crm send --once
check 'to everybody' "$PEOPLE" sim_got
check 'once' '' sim_twice
check 'the store is sound' 'ok' sql 'PRAGMA integrity_check'
check 'and the providers had nothing to object' '' sim_violations
finish
