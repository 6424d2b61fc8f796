#!/bin/sh
# The window goes away at each step of making a campaign, right behind a key: what was
# typed is there again. Then while it is sent: closed, the program goes on to the end;
# killed, the next start does. The simulator counts who received it.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"
. "$TOP_SRCDIR/tests/support/sim.sh"

PEOPLE=150
sim_monday
sim_start
trap '$TERMINAL kill-server 2>/dev/null; kill $SIM_PID 2>/dev/null; rm -rf "$SANDBOX"' EXIT
sim_company $PEOPLE

of_draft() {
  sql "SELECT $1 FROM campaign WHERE kind = 'MANY' ORDER BY id DESC LIMIT 1"
}

# The line is cut: the program is told, and ends once its work is done.
cut() {
  $TERMINAL kill-server
  in_time gone "$PANE" || fail 'a program without a window ends'
}

reopen() {
  journey fr 80 24 xterm
  keys 3
  sees 'the drafts are listed' 'Brouillon'
  keys Enter
  sees 'the draft opens' '[Type]'
}

# --- at each step

journey fr 80 24 xterm
sees 'the program opens' 'Sahel Négoce SARL'
keys 3
sees 'no campaign yet' 'Campagnes'
keys n
sees 'the first step' '[Type]'
types 'Soldes'
sees 'a name is typed' 'Soldes'
cut
check 'it was stored as the window went' Soldes of_draft name
reopen
sees 'it is there again' 'Soldes'
keys PageDown
sees 'whom it reaches' '[Destinataires]'
sees 'is counted' '150 choisies'
keys Right Tab Space
sees 'a segment is chosen' '[x]'
cut
chosen=$(of_draft filter)
case $chosen in
  segment=*) ;;
  *) fail 'the choice was stored as the window went' "$chosen" ;;
esac
reopen
keys PageDown
sees 'the choice is there again' '[x]'
keys Left
sees 'for everybody again' '150 choisies'
keys PageDown
sees 'what is written' '[Message]'
keys Tab Tab
types 'Bonjour {{prenom}}, tout a -20 %.'
sees 'a text is typed' 'tout a -20 %.'
cut
check 'it was stored as the window went' 'Bonjour {{prenom}}, tout a -20 %. {{stop}}' \
  sql 'SELECT text FROM campaign_content'
reopen
keys PageDown PageDown
sees 'the text is there again' 'tout a -20 %.'
keys PageDown
sees 'how it goes' '[Envoi]'
keys Tab Tab Tab
types 9000
sees 'a ceiling is typed' '9000'
cut
check 'it was stored as the window went' 9000 of_draft budget
reopen
keys PageDown PageDown PageDown
sees 'the ceiling is there again' '9000'
keys PageDown
sees 'the last step' '[Vérifier]'
sees 'has counted' '150 choisies'
keys Enter
sees 'it asks for their number' 'Pour lancer'
types 15
sees 'half of it is typed' 'Personnes 15'
cut
check 'nothing was launched' DRAFT of_draft status
check 'nothing was sent' 0 sim_got

# --- while it is sent

status() {
  sql "SELECT count(*) FROM message WHERE status = '$1'"
}

received() {
  [ "$(sim_got)" -ge "$1" ]
}

all_settled() {
  [ "$(of_draft status)" = COMPLETED ]
}

launch() {
  reopen
  keys PageDown PageDown PageDown PageDown
  sees 'the last step again' '150 choisies'
  keys Enter
  sees 'it asks again' 'Pour lancer'
  types 150
  keys Enter
  sees 'it is launched' 'DU CHOIX AU CLIC'
}

sim_fault provider=orange mode=503 hint=600
sim_fault provider=twilio mode=slow ms=300
launch
in_time received 20 || fail 'it is being sent' "$(screen)"
$TERMINAL kill-server
[ "$(sim_got)" -lt $PEOPLE ] || fail 'the window went too late to tell'
in_time gone "$PANE" || fail 'it ends when nothing more can go'
check 'everybody received it without a window' $PEOPLE sim_got
check 'once' '' sim_twice
check 'the store knows' $PEOPLE status SENT
check 'it is complete' COMPLETED of_draft status

# The power goes: another campaign of the same text, and whoever begins again sends the rest.
id=$(crm campaigns create --name Encore --channel sms --text promo.txt)
crm settings set cap.messages 10 --quiet
: >"$SIM_RECORD"
launch
in_time received 20 || fail 'it is being sent' "$(screen)"
kill -KILL "$PANE"
in_time gone "$PANE" || fail 'the program is dead'
$TERMINAL kill-server 2>/dev/null
in_time forgotten "$PANE" || fail 'nothing is left of it'
[ "$(sim_got)" -lt $PEOPLE ] || fail 'the kill came too late to tell'
check 'it is not complete' RUNNING of_draft status
journey fr 80 24 xterm
sees 'begun again, it sends' 'Envoi '
in_time all_settled || fail 'it goes on to its end' "$(screen)"
check 'everybody received it' $PEOPLE sim_got
check 'once' '' sim_twice
check 'nothing is uncertain' 0 status UNCERTAIN
check 'by the contract of the providers' '' sim_violations
keys q
in_time gone "$PANE" || fail 'q closes the program' "$(screen)"
crm doctor --quiet || fail 'the store is sound'
finish
