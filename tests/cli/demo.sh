#!/bin/sh
# The invented company: deterministic, every segment peopled, counters right,
# why a score is what it is.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm demo --customers 1000 --seed 7 --quiet || fail 'the demo is made'
check 'it is marked' '1|Sahel Négoce SARL' sql 'SELECT demo, name FROM company'
check 'everybody has a score' '1000' sql 'SELECT count(*) FROM customer_score'
check 'every segment has 5 % at least' '5' \
  sql 'SELECT count(*) FROM (SELECT 1 FROM customer_score GROUP BY segment HAVING count(*) >= 50)'
check 'some five invoices each' '1' \
  sql 'SELECT count(*) BETWEEN 4900 AND 5100 FROM invoice'
check 'addresses are nobody'\''s' '0' \
  sql "SELECT count(*) FROM customer WHERE email <> '' AND email NOT LIKE '%.example'"
content='SELECT name, phone, consents, city FROM customer ORDER BY account_key'
invoices='SELECT number, issued, total FROM invoice ORDER BY number'
sql "$content; $invoices" >first.txt
ECOMPTA_STORE=$SANDBOX/again.db
crm demo --customers 1000 --seed 7 --quiet || fail 'the demo is made again'
sql "$content; $invoices" >second.txt
check 'the same seed and day, the same people' '' cmp first.txt second.txt
ECOMPTA_STORE=$SANDBOX/other.db
crm demo --customers 1000 --seed 8 --quiet || fail 'another demo is made'
check 'another seed, other people' '1' sh -c 'sqlite3 other.db "$1" | cmp -s - first.txt; echo $?' sh "$content; $invoices"
check 'counters are what the rows say' '1' sql "SELECT (SELECT value FROM counter WHERE name = 'score_sum')
  = (SELECT sum(score) FROM customer_score)"
key=$(sql "SELECT account_key FROM customer c JOIN customer_score s ON s.customer_id = c.id
  WHERE s.segment = 'VIP' ORDER BY account_key LIMIT 1")
check 'the score is explained by customer key' 'VIP' \
  sh -c '"$PROGRAM" score "$1" | sed -n "1s/.*, //p"' sh "$key"
check 'its points add up' 'true' sh -c '"$PROGRAM" score "$1" --json |
  awk "/\"total\"/ { gsub(/[^0-9-]/, \"\"); total = \$0 } /score_lines/ { on = 1 } /churn_lines/ { on = 0 }
    on && /\"points\"/ { gsub(/[^0-9-]/, \"\"); sum += \$0 } END { print sum == total ? \"true\" : sum \" \" total }"' sh "$key"
refuse 'an unknown customer is named' 3 'C999999' crm score C999999
refuse 'one thing at a time' 2 'name one customer' crm score
check 'nothing has changed since' '1000 customers looked at, 0 changed.' crm score --all
finish
