#!/bin/sh
# Copies of the store: made, verified, listed.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

refuse 'there must be a store' 3 'does not exist' crm backup
crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'a copy is made and named' "$SANDBOX/backups/store-20261117T104200-manual.db" crm backup
check 'it is the same store' 'Sahel Négoce SARL' \
  sqlite3 backups/store-20261117T104200-manual.db 'SELECT name FROM company'
check 'its owner'\''s alone' '600' stat -c %a backups/store-20261117T104200-manual.db
check 'a second one has a name of its own' "$SANDBOX/backups/store-20261117T104200.1-manual.db" crm backup
check 'they are listed' 'Taken              Why
17 Nov 2026 10:42  by hand
17 Nov 2026 10:42  by hand' sh -c '"$PROGRAM" backup list | sed "s/  *[0-9B]*[0-9a-z]*  [^ ]*$//"'
check 'with their sizes' "$(stat -c %s backups/store-20261117T104200-manual.db)" \
  sh -c '"$PROGRAM" backup list --json | sed -n "s/^ *\"bytes\": \([0-9]*\),$/\1/p" | head -1'
finish
