#!/bin/sh
# A company that sends for good, at 80x24 in French: a campaign by SMS is verified and
# launched by keys, its number typed; Orange has had enough on the way and Twilio goes on;
# `!` pauses everything, the program is closed and begun again, and a person lets it go on.
# The count that matters is the simulator's.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"
. "$TOP_SRCDIR/tests/support/sim.sh"

PEOPLE=150
sim_monday
sim_start
trap '$TERMINAL kill-server 2>/dev/null; kill $SIM_PID 2>/dev/null; rm -rf "$SANDBOX"' EXIT

sim_company $PEOPLE
id=$(crm campaigns create --name 'Promo de novembre' --channel sms --text promo.txt)

status_of() {
  sql "SELECT status FROM campaign WHERE id = $id"
}

some_by_twilio() {
  [ "$(sim_got twilio)" -ge 10 ]
}

nothing_on_wire() {
  [ "$(sql "SELECT count(*) FROM message WHERE status = 'SENDING'")" = 0 ]
}

complete() {
  [ "$(status_of)" = COMPLETED ]
}

# Orange takes thirty; Twilio takes its time.
sim_fault provider=orange mode=quota after=30
sim_fault provider=twilio mode=slow ms=400

journey fr 80 24 xterm
sees 'the program opens' 'Sahel Négoce SARL'
keys 3
sees 'the draft is listed' 'Promo de novembre'
keys Enter
sees 'it opens at its first step' '[Type]'
keys PageDown
sees 'whom it reaches' '[Destinataires]'
sees 'is counted' '150'
keys PageDown
sees 'what is written' '[Message]'
keys PageDown
sees 'how it goes' '[Envoi]'
sees 'by whom' 'Orange'
keys PageDown
sees 'what is wrong with it' '[Vérifier]'
sees 'is nothing much' '✓ Destinataires et leur accord'
sees 'it is counted' '150 choisies'
keys Enter
sees 'before it is launched, all is said' 'Pour lancer, tapez le nombre'
sees 'whom' '150 personnes le recevront'
types 149
keys Enter
sees 'another number launches nothing' 'Pour lancer'
check 'it is a draft still' DRAFT status_of
keys BSpace BSpace
types 50
keys Enter
sees 'its number does, and what becomes of it is shown' 'DU CHOIX AU CLIC'
sees 'under way' 'En cours'

# Orange has had enough after thirty; Twilio carries on, and all is paused.
in_time some_by_twilio || fail 'Twilio carries on' "$(screen)"
check 'Orange sent its thirty' 30 sim_got orange
keys '!'
sees 'pausing says what cannot be called back' 'ne peut pas être rappelé'
keys Enter
sees 'and it is paused' 'En pause : 1 campagne'
sees 'by whom' "quelqu'un l'a décidé"
in_time nothing_on_wire || fail 'what was on its way arrives' "$(screen)"
paused=$(sim_got)
[ "$paused" -lt $PEOPLE ] || fail 'the pause came too late to tell'
sees 'how many have gone is said' " $paused "
sleep 1
check 'nothing more arrives' "$paused" sim_got
check 'it waits for a person' PAUSED status_of

keys q q
in_time gone "$PANE" || fail 'q closes the program' "$(screen)"
$TERMINAL kill-server 2>/dev/null
journey fr 80 24 xterm
sees 'begun again, it says that sending is paused' 'Envois en pause'
sleep 1
check 'and sends nothing' "$paused" sim_got
keys 3
sees 'the campaign is paused' 'En pause'
keys Enter
sees 'its page is open' 'DU CHOIX AU CLIC'
keys r
sees 'it goes on' 'En cours'
sees 'to its end' 'Terminée'
check 'and is complete' COMPLETED status_of
check 'everybody received it' $PEOPLE sim_got
check 'once' '' sim_twice
check 'Orange was not asked for more' 30 sim_got orange
check 'by the contract of the providers' '' sim_violations
check 'the store knows by whom' "ORANGE|30
TWILIO|120" sql "SELECT provider, count(*) FROM message WHERE status IN ('SENT', 'DELIVERED')
  GROUP BY provider ORDER BY provider"
keys q
sees 'the list tells it too' '✓ Terminée        150'
keys q
in_time gone "$PANE" || fail 'q closes the program' "$(screen)"
crm doctor --quiet || fail 'the store is sound'
finish
