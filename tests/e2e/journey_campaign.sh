#!/bin/sh
# A marketing assistant makes "Promo" for VIP and loyal customers by SMS, in French; the
# terminal is killed at each step and nothing but the last half second is lost. What
# costs too much is said and put right, cost and duration are seen, a test goes to
# oneself, it is launched, and the messages lie in the folder.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"

crm demo --customers 300 --seed 7 --quiet || fail 'a demonstration is made'
OUTBOX=$HOME/ecompta/outbox

draft() {
  sql "SELECT $1 FROM campaign WHERE name = 'Promo'"
}

text_now() {
  sql "SELECT text FROM campaign_content JOIN campaign ON campaign.id = campaign_id
    WHERE name = 'Promo'"
}

holds() {
  [ "$("$1" "$2")" = "$3" ]
}

# As when the line is cut for good: the program has no say in it.
killed() {
  kill -KILL "$PANE"
  in_time forgotten "$PANE"
  $TERMINAL kill-server
  sleep 0.2
  journey fr 80 24 xterm
  keys 3
  sees 'the campaigns are listed again' '► Promo'
  keys Enter
  sees 'the draft opens' 'Promo · brouillon'
}

journey fr 80 24 xterm
sees 'the first screen' 'À FAIRE'
keys 3
sees 'the campaigns' 'Campagnes'
keys n
sees 'five steps, the first one open' '[Type]   Destinataires   Message   Envoi   Vérifier'
types Promo
sees 'it is stored at a pause in typing' 'Promo · brouillon enregistré à 10:42'
check 'with its name' 'DRAFT' draft status
killed

keys PageDown
sees 'whom it reaches is asked' '[Destinataires]'
sees 'and counted for all customers' 'LE RECEVRONT'
keys Right Tab Space Tab Space
in_time holds draft filter 'segment=VIP,LOYAL' || fail 'two segments' "$(draft filter)"
sees 'those left out are counted by reason' 'stop demandé'
killed
keys PageDown
sees 'the segments are as they were' 'Fidèle       [x]'
keys PageDown
sees 'the message is asked' '[Message]'
keys Tab Tab
types "Bonjour {{prenom|cher client}}, -20 % jusqu'à samedi, c'est la fête chez nous."
sees 'what costs more is said' "n'est pas dans l'alphabet des"
sees 'and what it costs' 'UCS-2'
killed
keys PageDown PageDown
sees 'the text is as it was' "c'est la fête chez nous"
sees 'with what it costs' 'UCS-2'
keys Tab Tab Tab
sees 'one key puts it right' '[ Écrire « e » pour « ê » ]'
keys Enter
sees 'it is put right' 'fete chez nous'
check 'and stored' \
  "Bonjour {{prenom|cher client}}, -20 % jusqu'à samedi, c'est la fete chez nous. {{stop}}" text_now
keys C-n
sees 'the next person reads it too' ', 2 sur'
keys C-t
sees 'a test to oneself' 'Votre propre numéro'
types '70 12 34 56'
keys Enter
sees 'was sent' '+22670123456'
keys Enter
keys PageDown
sees 'when it goes' '[Envoi]'
sees 'who carries it' 'SMS : Dossier'
sees 'what it costs' 'COÛT'
sees 'how long it takes' 'DURÉE'
killed
keys PageDown PageDown PageDown PageDown
sees 'the checks' '[Vérifier]'
sees 'are made' '✓ Champs connus'
sees 'who sends is said' 'arrière-plan'
killed
keys PageDown PageDown PageDown PageDown
sees 'the checks again' '✓ Champs connus'
keys Enter
sees 'the launch says what it will do' 'le recevr'
keys Left Enter
sees 'it is launched, and followed' 'Lancée'

went() {
  sql "SELECT count(*) FROM message JOIN campaign ON campaign.id = campaign_id
    WHERE campaign.name = 'Promo' AND message.status IN ('SENT', 'DELIVERED')"
}
queued() {
  sql "SELECT count(*) FROM message JOIN campaign ON campaign.id = campaign_id
    WHERE campaign.name = 'Promo' AND message.status IN ('QUEUED', 'SENDING')"
}
none_left() {
  [ "$(queued)" = 0 ]
}
in_time none_left || fail 'all are sent' "$(queued) are not"
[ "$(went)" -gt 5 ] || fail 'some were sent' "$(went)"
files=$(grep -rl 'fete chez nous' "$OUTBOX" | wc -l)
[ "$files" -ge "$(went)" ] || fail 'the messages lie in the folder' "$files files, $(went) sent"
grep -rqh '{{' "$OUTBOX" && fail 'every field was written out' "$(grep -rh '{{' "$OUTBOX" | head -2)"
keys q q
finish
