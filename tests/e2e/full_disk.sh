#!/bin/sh
# A disk that fills up in the middle of an import: it says so, nothing is half
# done, and with room again the same command goes on to the end.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3 mount umount
mkdir small
mount -t tmpfs -o size=24m tmpfs small 2>/dev/null ||
  { echo "skipped: a small disk cannot be mounted here"; exit 77; }
trap 'umount "$SANDBOX/small"; rm -rf "$SANDBOX"' EXIT
ECOMPTA_STORE=$SANDBOX/small/store.db

awk 'BEGIN {
  print "Code;Nom;Téléphone;E-mail;Ville"
  for (i = 0; i < 6000; i++)
    printf "C%d;Client numéro %d;70%06d;client%d@exemple.bf;Ouagadougou\n", i, i, i, i
}' >in.csv

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
dd if=/dev/zero of=small/filler bs=1M count=18 2>/dev/null
refuse 'a full disk is told' 1 'The disk is full' crm import customers in.csv --quiet
done=$(sql 'SELECT position FROM import_run')
check 'what was committed is whole' "$done" sql 'SELECT count(*) FROM customer'
[ "$done" -gt 0 ] && [ "$done" -lt 6000 ] || fail 'it stopped in the middle' "at $done"
rm small/filler
crm doctor --quiet >findings 2>&1 || fail 'the store is sound' "$(cat findings)"
check 'with room again it goes on' '' crm import customers in.csv --quiet
check 'to the end' '6000|6000|DONE' \
  sql 'SELECT (SELECT count(*) FROM customer), created, status FROM import_run'
finish
