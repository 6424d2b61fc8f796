#!/bin/sh
# A campaign by SMS, from the command line, over providers that fail one after the other:
# Orange has had enough, is down, Twilio refuses the account; paused, killed, started again.
# The count that matters is the simulator's.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/sim.sh"
need sqlite3

PEOPLE=60
at() { ECOMPTA_NOW=2026-11-23T$1:00Z+$SIM_BEGUN; export ECOMPTA_NOW; }
status() {
  sql "SELECT count(*) FROM message WHERE campaign_id = $id AND status = '$1'"
}

sim_monday
sim_start
sim_company $PEOPLE
id=$(crm campaigns create --name Promo --channel sms --text promo.txt)
crm campaigns launch "$id" --yes --quiet || fail 'it is launched'

# Ten by Orange, which has had enough then; paused while it goes on.
sim_fault provider=orange mode=quota after=10
sim_fault provider=twilio mode=slow ms=150
crm send --once >send1.txt 2>&1 &
until [ "$(sim_got)" -ge 20 ]; do sleep 0.05; done
crm campaigns pause --all --quiet || fail 'everything is paused'
wait $!
paused=$(sim_got)
[ "$paused" -lt $PEOPLE ] || fail 'the pause came too late to tell'
check 'nothing goes while it is paused' "$paused" sh -c \
  '"$PROGRAM" send --once --quiet >/dev/null; awk -F "\t" "\$1 == \"got\"" "'"$SIM_RECORD"'" | wc -l | tr -d " "'

# Killed on the way.
crm campaigns resume "$id" --quiet || fail 'it goes on'
"$PROGRAM" send --once >send2.txt 2>&1 &
sender=$!
until [ "$(sim_got)" -ge $((paused + 10)) ]; do sleep 0.02; done
kill -9 $sender
wait $sender 2>/dev/null
check 'Orange sent its ten' 10 sim_got orange

# Orange is down, Twilio refuses: what is left waits, and says why.
sim_clear
sim_fault provider=orange mode=503 hint=600
sim_fault provider=twilio mode=401 on=send
crm send --once >send3.txt 2>&1
check 'nobody was written to twice' '' sim_twice
left=$((PEOPLE - $(sim_got)))
check 'those who were not wait' "$left" status QUEUED
crm campaigns show "$id" >shown.txt
grep -q 'Twilio' shown.txt || grep -q 'refuses the account' shown.txt ||
  fail "it says why: $(cat shown.txt)"

# Put right, it ends; everybody once, nobody unaccounted for.
sim_clear
echo twilio-test | crm providers set TWILIO auth_token=- --quiet
at 11:30
crm campaigns resume "$id" --quiet 2>/dev/null
crm send --once >send4.txt 2>&1
check 'everybody received it' $PEOPLE sim_got
check 'once' '' sim_twice
check 'by the contract of the providers' '' sim_violations
check 'the store knows' $PEOPLE status SENT
check 'nothing is uncertain' 0 status UNCERTAIN
check 'the campaign is complete' COMPLETED sql "SELECT status FROM campaign WHERE id = $id"
finish
