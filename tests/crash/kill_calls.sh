#!/bin/sh
# kill -9 at the writes and syncs of an import, a recalculation and an undo: the
# store is sound, and the work done again ends as if nothing had happened.
# Twelve calls of each are tried, spread over all; CRASH_ROUNDS times as many
# where it is set, CRASH_STRIDE=1 for every single one.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/deeds.sh"
need strace sqlite3
CALLS=pwrite64,fdatasync,fsync,ftruncate,unlink,rename,link
strace -o /dev/null true 2>/dev/null || { echo 'skipped: strace is not allowed here'; exit 77; }

deeds_prepare 40 120 200 || { fail 'the exports come in' "$(tail -3 answers)"; finish; }
deeds_expect || finish

# kill_at DEED CALL: killed there, or not if there are not so many.
kill_at() {
  bring "$1"
  run_deed "$1" strace -qq -f -o trace.txt -e signal=none -e trace=$CALLS \
    -e inject=$CALLS:signal=KILL:when="$2"
}

for work in $DEEDS; do
  bring "$work"
  run_deed "$work" strace -qq -f -o trace.txt -e signal=none -e trace=$CALLS
  calls=$(wc -l <trace.txt)
  stride=${CRASH_STRIDE:-$((calls / (12 * ${CRASH_ROUNDS:-1}) + 1))}
  at=1 killed=0
  while [ $at -le $calls ]; do
    kill_at "$work" $at && name="$work, survived call $at" || name="$work, killed in call $at"
    case $name in *killed*) killed=$((killed + 1)) ;; esac
    whole "$name"
    finish_deed "$work" $at || fail "$name: again" "$(tail -3 answers)"
    settled "$work" "$name"
    at=$((at + stride))
  done
  if [ $killed -gt 5 ]; then
    echo "ok: $work, killed in $killed of $calls calls"
  else
    fail "$work was killed in $killed of $calls calls only"
  fi
done
finish
