#!/bin/sh
# Companies by the command line: made with what the country suggests, changed,
# refused where they make no sense; usage errors and exit codes.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

refuse 'a command needs an existing store' 3 'does not exist' crm company list
crm company add 'Sahel Négoce SARL' >id.txt || fail 'the first company is made'
check 'its id is printed' "$(sql 'SELECT id FROM company')" cat id.txt
check 'Burkina Faso is suggested' 'BF|XOF|Africa/Ouagadougou|fr|30|10000|50000|100000' \
  sql 'SELECT country, currency, time_zone, language, terms_days, revenue_low, revenue_mid, revenue_high FROM company'
check 'the store is its owner'\''s alone' '600' stat -c %a store.db
crm company add 'Maison Lefèvre' --country FR --terms 45 --quiet || fail 'a second one is made'
check 'France is suggested' 'FR|EUR|Europe/Paris|45' \
  sql "SELECT country, currency, time_zone, terms_days FROM company WHERE name = 'Maison Lefèvre'"
check 'settings change' '' crm company set --company 'Sahel Négoce SARL' --low 1000000 --middle 5000000 --high 9000000
check 'and are kept' '1000000|5000000|9000000|2' \
  sql "SELECT revenue_low, revenue_mid, revenue_high, revision FROM company WHERE country = 'BF'"
refuse 'thresholds must rise' 2 'is not valid' crm company set --company 'Sahel Négoce SARL' --low 9000000
refuse 'an unknown zone is named' 1 'Mars/Olympus' crm company set --company 'Sahel Négoce SARL' --time-zone Mars/Olympus
refuse 'an unknown country is named' 2 'XX' crm company add Nowhere --country XX
refuse 'an unknown company is named' 3 'Nobody' crm company set --company Nobody --terms 5
refuse 'an unknown option is named' 2 '--frob' crm company set --frob
refuse 'a number is a number' 2 'whole number' crm company set --terms soon
refuse 'a word too many is named' 2 'again' crm company add one again
refuse 'an unknown command is named' 2 'frob' crm frob
check 'ids are strings in JSON' 'string' \
  sh -c '"$PROGRAM" company list --json | sed -n "s/^ *\"id\": *\"[0-9]*\",*$/string/p" | sort -u'
check 'every change left a line of the audit trail' 'user.make
company.make
company.make
company.change' sql 'SELECT action FROM audit ORDER BY seq'
check 'French is spoken where asked' 'Nom' sh -c '"$PROGRAM" company list --lang fr | head -1 | grep -o Nom'
finish
