#!/bin/sh
# doctor: a sound store is sound; each kind of damage is found by name and said
# with what to do; what is derived can be made anew.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm demo --customers 300 --seed 3 --quiet || fail 'the demo is made'
check 'a sound store is sound' 'The store is sound.' crm doctor
check 'every check was made' '15' sh -c '"$PROGRAM" doctor --json | grep -c "\"level\": \"fine\""'
cp store.db good.db

# damage NAME SQL: doctor must find it by name, and only it.
damage() {
  cp good.db store.db
  sql "PRAGMA foreign_keys = OFF; $2"
  refuse "$1 is found" 7 "problem" crm doctor
  check "$1 is found by name" "$1" sh -c '"$PROGRAM" doctor --json | awk "/\"check\"/ { name = \$2 }
    /\"level\": \"problem\"/ { gsub(/[\",]/, \"\", name); print name }"'
}

damage derived "UPDATE customer_score SET score = (score + 1) % 100, segment = 'VIP'
  WHERE customer_id = (SELECT min(id) FROM customer)"
damage derived "UPDATE counter SET value = value + 1 WHERE name = 'customers'"
damage derived "UPDATE customer SET name_key = 'x' WHERE id = (SELECT max(id) FROM customer)"
damage derived "UPDATE customer SET consents = 2730 WHERE id = (SELECT max(id) FROM customer)"
damage derived "INSERT INTO search_part (search_part) VALUES ('delete-all')"
check 'what is derived is made anew' 'The store is sound.' crm doctor --rebuild
damage derived "DELETE FROM customer_score WHERE customer_id = (SELECT min(id) FROM customer)"
check 'so is a missing row' 'The store is sound.' crm doctor --rebuild
damage counts "INSERT INTO campaign_count VALUES ((SELECT min(id) FROM campaign), 'SMS', 'SENT', 'NONE', 3, 3, 0)"
check 'counts of campaigns too' 'The store is sound.' crm doctor --rebuild
cp good.db store.db
sql "UPDATE campaign SET status = 'LAUNCHING' WHERE id = (SELECT min(id) FROM campaign)"
check 'a launch cut short is a remark' 'remark: Launches cut short: 1. Whoever sends goes on with them; or launch the campaign again.
The store is sound.' crm doctor
damage 'payments
derived' "UPDATE payment SET invoice_id = 1 WHERE id = (SELECT min(id) FROM payment)"
damage audit "UPDATE audit SET actor = 'nobody' WHERE seq = 2"
damage folding "UPDATE meta SET value = '0' WHERE key = 'fold_version'; INSERT OR IGNORE INTO meta VALUES ('fold_version', '0')"
damage links "DELETE FROM customer_tag; INSERT INTO favourite VALUES ((SELECT id FROM company), 1, 42, 0)"
damage zone "UPDATE company SET time_zone = 'Africa/Nowhere'"
cp good.db store.db
chmod 644 store.db
refuse 'a store that others can read is a problem' 7 'chmod 600' crm doctor
chmod 600 store.db
check 'the quick look leaves rows alone' 'The store is sound.' crm doctor --quick
head -c 40000 store.db >cut.db
refuse 'a store cut short is no store' 1 'damaged' crm doctor --store cut.db
check 'French says it, too' 'La base est saine.' crm doctor --lang fr
finish
