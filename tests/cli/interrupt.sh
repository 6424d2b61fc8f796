#!/bin/sh
# An import stopped in the middle says so by its exit code, keeps what is in, and
# goes on from there.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3 awk

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
awk 'BEGIN { print "Code;Nom;Ville"; for (i = 1; i <= 60000; i++) printf "C%06d;Client %d;Kaya\n", i, i }' >many.csv
"$PROGRAM" import customers many.csv >said.txt 2>&1 &
pid=$!
tries=0
while [ "$(sql 'SELECT count(*) FROM import_run WHERE position > 0' 2>/dev/null)" != 1 ]; do
  tries=$((tries + 1))
  [ $tries -lt 2000 ] || break
  kill -0 $pid 2>/dev/null || break
done
kill -TERM $pid 2>/dev/null
wait $pid
code=$?
if [ $code = 0 ]; then
  echo 'skipped: the import was over before it could be stopped'
  exit 77
fi
[ $code = 8 ] || fail 'a stopped import has an exit code of its own' "$code" "$(cat said.txt)"
in=$(sql 'SELECT position FROM import_run')
check 'it says what is kept' "ecompta-crm: Stopped as asked: what was done so far is kept." tail -1 said.txt
check 'what is in is in' "$in" sql 'SELECT count(*) FROM customer'
check 'it is cut short' 'RUNNING' sql 'SELECT status FROM import_run'
check 'it goes on where it was' "60,000 customers created.
It went on at line $((in + 2))." sh -c '"$PROGRAM" import resume | head -2'
check 'to the end, once each' '60000|60000|DONE' \
  sql 'SELECT (SELECT count(*) FROM customer), (SELECT count(DISTINCT account_key) FROM customer), status FROM import_run'
refuse 'then there is nothing to go on with' 2 'no import was cut short' crm import resume
finish
