#!/bin/sh
# Messages by the command line: lists, again, cancelled, settled.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3
HOME=$PWD
XDG_STATE_HOME=$PWD/state
export HOME XDG_STATE_HOME

crm demo --customers 200 --seed 3 --quiet || fail 'the demo is made'
id=$(sql "SELECT id FROM campaign WHERE channels = 1")
check 'a draft has no messages' '' crm messages list --campaign "$id"
crm campaigns launch "$id" --yes --quiet >said.txt 2>&1 || fail "launched: $(cat said.txt)"
queued=$(sql "SELECT count(*) FROM message WHERE status = 'QUEUED'")
left=$(sql "SELECT count(*) FROM message WHERE status = 'SKIPPED' AND reason = 'NO_CONSENT'")
check 'those that wait are listed' "$queued" \
  sh -c '"$PROGRAM" messages list --campaign "$1" --list waiting --limit 1000 --json | grep -c "\"QUEUED\""' sh "$id"
check 'those left out, with why' "$left" \
  sh -c '"$PROGRAM" messages list --campaign "$1" --reason no-consent --limit 1000 --json | grep -c "\"NO_CONSENT\""' sh "$id"
one=$(sql "SELECT min(id) FROM message WHERE status = 'QUEUED'")
check 'one is shown as it will be written' '  À bientôt,' sh -c '"$PROGRAM" messages show "$1" | grep bient' sh "$one"
check 'a cancelled one does not go' 'Looked at  1
Cancelled  1' crm messages cancel "$one"
check 'a person did it' "CANCELLED|$(id -un)" sql 'SELECT outcome, actor FROM message_attempt'
check 'a dry run says what it would do' 'Looked at            1
Would be sent again  1' crm messages retry "$one" --dry-run
check 'and changes nothing' 'SKIPPED|CANCELLED' sql "SELECT status, reason FROM message WHERE id = $one"
check 'it goes again' 'Looked at           1
Will be sent again  1' crm messages retry "$one"
check 'once' 'Looked at           1
Will be sent again  0
Why not                   Messages
already waits to be sent         1' crm messages retry "$one"
check 'who has not agreed is not written to' "$left" \
  sh -c '"$PROGRAM" messages retry --campaign "$1" --reason no-consent --json | grep -A1 NO_CONSENT | tail -1 | tr -cd 0-9' sh "$id"
sql "UPDATE message SET status = 'UNCERTAIN', reason = 'NO_ANSWER', provider = 'SENDGRID', claimed_at = 1 WHERE id = $one" >/dev/null
check 'an uncertain one is listed by itself' "$one" sh -c '"$PROGRAM" messages list | awk "NR == 2 { print \$1 }"'
check 'it does not go with the others' 'uncertain, to be settled one by one         1' \
  sh -c '"$PROGRAM" messages retry "$1" | tail -1' sh "$one"
check 'a person says that it was sent' '' crm messages resolve "$one" sent
refuse 'once' 1 'is known meanwhile' crm messages resolve "$one" again
refuse 'a way is one of three' 2 'none of the ways' crm messages resolve "$one" guess
refuse 'some must be named' 2 'name messages by their ids' crm messages cancel
check 'all that wait can be cancelled' "$((queued - 1))" \
  sh -c '"$PROGRAM" messages cancel --campaign "$1" --json | sed -n "s/.*\"done\": \([0-9]*\),/\1/p"' sh "$id"
crm doctor --rebuild >/dev/null
check 'the counts are right' 'The store is sound.' crm doctor
finish
