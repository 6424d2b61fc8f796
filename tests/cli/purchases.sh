#!/bin/sh
# Real purchases of a music shop, imported as the man page says, give the sums that
# were published with them; a customer's score follows by hand.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

DATA=$TOP_SRCDIR/../shared/data/CDNOW_sample.txt
[ -f "$DATA" ] || { echo "skipped: $DATA is not here"; exit 77; }
crm company add 'Music' --country FR --currency USD --quiet || fail 'a company is made'
import_all() {
  crm import invoices "$DATA" --no-header --delimiter space --map customer=2 --map issued=3 \
    --map total=5 --merge-same-day --create-customers "$@" | grep created
}
check 'a dry run counts them' \
  'Dry run, nothing was written. It would be: 6,696 invoices created, 2,357 customers created for them.' \
  import_all --dry-run
check 'all come in' '6,696 invoices created, 2,357 customers created for them.' import_all
check 'the sums are the published ones' '6696|24409194|8|1997-01-01|1998-06-30|2357' \
  sql "SELECT count(*), sum(total), sum(total = 0), date(min(issued) * 86400, 'unixepoch'),
    date(max(issued) * 86400, 'unixepoch'), (SELECT count(*) FROM customer) FROM invoice"
check 'the same again changes nothing' '0 invoices created, 6,696 were there already.' import_all

# The day after the last purchase; 30 days of terms.
ECOMPTA_NOW=1998-07-01T12:00:00Z
check 'scores as of then' '2357' sh -c '"$PROGRAM" score --all --json | sed -n "s/.*\"done\": \([0-9]*\),.*/\1/p"'
check 'customer 1516' '80|4|37|148011' sql "SELECT score, churn, purchases, revenue FROM customer_score
  JOIN customer ON customer.id = customer_id WHERE account_key = '1516'"
check 'and why' 'Score 80, Loyal

Rule Value Held against Points
To start with 50
Invoiced incl. tax $1,480.11 less than 10,000.00 0
Payment delay 256 days on average more than 30 days -15
Purchases 37 in 365 days 12 or more +20
Last purchase 21 days ago 30 days or less +25
Total: 80.' sh -c '"$PROGRAM" score 1516 | head -9 | sed "s/  */ /g"'
check 'doctor finds nothing' '0' sh -c '"$PROGRAM" doctor >/dev/null; echo $?'
check 'all of it is taken back' '0|0' sh -c '"$PROGRAM" undo --quiet && "$PROGRAM" undo --quiet &&
  sqlite3 "$ECOMPTA_STORE" "SELECT (SELECT count(*) FROM invoice), (SELECT count(*) FROM customer)"'
finish
