#!/bin/sh
# kill -9 at any moment of an import, a recalculation and an undo, several times in
# a row: what is there is sound, and the last one to go on ends as if nothing had
# happened.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/deeds.sh"
need sqlite3

deeds_prepare 500 3000 3000 || { fail 'the exports come in' "$(tail -3 answers)"; finish; }
deeds_expect || finish

# A moment below $1 milliseconds, in seconds; the $2-th of a sequence.
moment() {
  awk -v most="$1" -v n="$2" 'BEGIN {
    seed = 12345
    while (n-- > 0) seed = (seed * 1103 + 12345) % 65536
    printf "%.3f", (1 + int(seed / 65536 * most)) / 1000 }'
}

# kill_after SECONDS COMMAND...: fails if it was killed.
kill_after() {
  seconds=$1
  shift
  "$@" &
  victim=$!
  sleep "$seconds"
  kill -9 $victim 2>/dev/null
  wait $victim
}

# Whether a deed was cut short, so that it may be begun and killed again.
goes_on() {
  case $1 in
    score) [ -n "$(sql "SELECT value FROM setting WHERE key = 'scores.position' AND value <> ''")" ] ;;
    *) [ "$(sql "SELECT count(*) FROM import_run WHERE status IN ('RUNNING', 'UNDOING')")" = 1 ] ;;
  esac
}

now_ms() {
  echo $(($(date +%s%N) / 1000000))
}

for work in $DEEDS; do
  bring "$work"
  began=$(now_ms)
  run_deed "$work"
  took=$(($(now_ms) - began))
  round=0 killed=0
  while [ $round -lt $((5 * ${CRASH_ROUNDS:-1})) ]; do
    round=$((round + 1))
    bring "$work"
    for again in 1 2 3; do
      run_deed "$work" kill_after "$(moment $took $((round * 5 + again)))"
      [ $? -ne 137 ] || killed=$((killed + 1))
      whole "$work, round $round, kill $again"
      goes_on "$work" || break
    done
    finish_deed "$work" $round || fail "$work, round $round: again" "$(tail -3 answers)"
    settled "$work" "$work, round $round"
  done
  if [ $killed -gt 0 ]; then
    echo "ok: $work, $took ms long, killed $killed times"
  else
    fail "$work, $took ms long, was never killed"
  fi
done
finish
