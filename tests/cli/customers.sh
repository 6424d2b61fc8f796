#!/bin/sh
# Lists of customers: filters and their errors, orders, columns, pages.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'an empty base lists nothing' '' crm customers list
check 'in JSON too' '[]' crm customers list --json
check 'and counts none' '0' crm customers list --count
refuse 'an unknown field is pointed at' 2 'filter “scor>5”, at “scor”: a field is expected' \
  crm customers list 'scor>5'
refuse 'choices are named' 2 'at “VI”: one of these is expected: VIP, LOYAL, REGULAR, OCCASIONAL, AT_RISK' \
  crm customers list segment=VI
refuse 'an open parenthesis too' 2 'at “(”' crm customers list '(segment=VIP'
refuse 'and what is missing at the end' 2 'at its end: a value is expected' crm customers list 'score>='
refuse 'an unknown order is refused' 2 '--sort wants one of name|score|' crm customers list --sort size
refuse 'an unknown column too' 2 'no column “colour”' crm customers list --columns id,colour
refuse 'a page begins behind a customer who is there' 3 '“12” does not exist' crm customers list --after 12
check 'help lists every field' '0' sh -c '"$PROGRAM" customers list --help >help.txt; for f in segment score \
  last_purchase overdue consent.sms reachable tag has created; do grep -q "^  $f " help.txt || echo "$f"; done | wc -l'
finish
