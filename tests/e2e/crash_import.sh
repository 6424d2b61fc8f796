#!/bin/sh
# An import killed at one write or sync of its files after the other: the store is
# sound, and the same command brings it to the same end. Some of the calls by
# default; CRASH_EVERY=1 takes all of them.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3 strace
strace -qq -f -o /dev/null true 2>/dev/null || { echo "skipped: strace may not trace here"; exit 77; }

awk 'BEGIN {
  print "Numéro;Code client;Nom client;Date;Total TTC"
  for (i = 0; i < 900; i++)
    printf "F%d;C%d;Client numéro %d;%02d/10/2026;%d\n", i, i % 300, i % 300, i % 28 + 1, i
}' >in.csv

# What the store knows, without ids, which are never given twice.
dump() {
  sql "SELECT account_key, name, score, segment, revenue, purchases
       FROM customer JOIN customer_score ON customer_id = id ORDER BY 1;
       SELECT number, account_key, issued, total FROM invoice
       JOIN customer ON customer.id = customer_id ORDER BY 1;
       SELECT status, position, created, refused FROM import_run;
       SELECT count(*), sum(last_id - first_id + 1) FROM journal_made WHERE entity = 'invoice';
       SELECT name, value FROM counter WHERE value <> 0 ORDER BY 1" | grep -v '^[0-9]*|900$'
}

import() {
  crm import invoices in.csv --create-customers --quiet
}

again() {
  rm -f "$ECOMPTA_STORE"*
  cp clean.db "$ECOMPTA_STORE"
}

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
cp "$ECOMPTA_STORE" clean.db
strace -qq -f -e trace=pwrite64,fdatasync -o calls "$PROGRAM" import invoices in.csv \
  --create-customers --quiet || fail 'the import without a kill'
calls=$(grep -c -e pwrite64 -e fdatasync calls)
dump >expected
[ "$(grep -c '^F' expected)" = 900 ] || fail 'the import is complete'

every=${CRASH_EVERY:-$((calls / 40 + 1))}
killed=0 n=1
while [ $n -le "$calls" ]; do
  again
  strace -qq -f -o /dev/null -e trace=pwrite64,fdatasync \
    -e "inject=pwrite64,fdatasync:signal=KILL:when=$n" \
    "$PROGRAM" import invoices in.csv --create-customers --quiet >/dev/null 2>&1
  [ $? -eq 0 ] || killed=$((killed + 1))
  # Scores follow at the end of an import, so while it is cut short they may be behind.
  crm doctor --quiet >findings 2>&1
  if grep '^problem' findings | grep -qv 'do not follow from the facts'; then
    fail "sound after a kill at call $n" "$(cat findings)"
  fi
  # A kill after the last commit leaves nothing to do: the same file again is another run.
  if [ "$(sql "SELECT count(*) FROM import_run WHERE status = 'DONE'")" = 0 ]; then
    import >out 2>&1 || fail "goes on after a kill at call $n" "$(cat out)"
  fi
  dump >actual
  cmp -s expected actual || fail "the same end after a kill at call $n" "$(diff expected actual | head -5)"
  n=$((n + every))
done
[ $killed -gt 10 ] || fail 'most lives were cut short' "$killed of them"
echo "ok: $killed kills, at every ${every}th of $calls writes and syncs"
finish
