#!/bin/sh
# A person finds a customer by half a telephone number copied from elsewhere, reads
# why the score is what it is, corrects the e-mail and takes that back; then finds
# whom to remind, marks them all, tags them and takes it back.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"

crm demo --customers 1000 --seed 7 --quiet || fail 'a demonstration is made'

# Somebody with a number of the country and an e-mail.
somebody=$(sql "SELECT id FROM customer WHERE kind = 'PERSON' AND email_key IS NOT NULL
  AND phone_e164 LIKE '+226%' ORDER BY id LIMIT 1 OFFSET 40")
name=$(sql "SELECT name || ' ' || first_name FROM customer WHERE id = $somebody")
email=$(sql "SELECT email FROM customer WHERE id = $somebody")
# +22670123456, its first half as somebody would have written it: +226 70 12 34
half=$(sql "SELECT '+226 ' || substr(phone_e164, 5, 2) || ' ' || substr(phone_e164, 7, 2)
  || ' ' || substr(phone_e164, 9, 2) FROM customer WHERE id = $somebody")

email_now() {
  sql "SELECT email FROM customer WHERE id = $somebody"
}

tagged() {
  sql "SELECT count(*) FROM customer_tag JOIN tag ON tag.id = tag_id WHERE name = 'relance'"
}

# As a terminal pastes: marked, so that nothing in it confirms.
pastes() {
  $TERMINAL set-buffer -- "$1"
  $TERMINAL paste-buffer -p
}

journey fr
sees 'the first screen says what is to be done' 'À FAIRE'
keys 2
sees 'the customers are listed' 'Clients · tous · 1 000'
pastes "$half"
sees 'half a number finds them' "$name"
keys Enter
sees 'the search is over' 'Entrée Fiche'
keys Enter
sees 'the record opens' "$name ·"
sees 'it says why the score is what it is' 'Délai de paiement'
sees 'and what everybody starts from' 'Départ'
keys e
sees 'its fields can be changed' 'Ctrl-S Enregistrer'
keys Tab Tab Tab Tab Tab C-u
types 'nouvelle.adresse@exemple.bf'
keys C-s
sees 'the change is saved, and can be undone' 'fiche modifiée. (u Annuler)'
check 'the store has the new address' 'nouvelle.adresse@exemple.bf' email_now
keys u
sees 'it is taken back' 'Annulé.'
check 'the store has the old address' "$email" email_now

keys q Escape
sees 'the whole list again' 'Clients · tous · 1 000'
keys f w
sees 'a filter can be written' 'Par exemple'
types 'segment=fragile dernier_achat>180j echu>30j'
keys Enter
sees 'and is read' 'tri Score ▼ · Segment = Fragile et'
keys '*' m t
sees 'all of them get a tag' 'Étiquette'
types relance
keys Enter
sees 'it says how many' 'modifiées'
[ "$(tagged)" -gt 5 ] || fail 'they are tagged' "$(tagged)"
keys u
sees 'and takes it back' 'Annulé.'
check 'nobody is tagged any more' 0 tagged
keys q
in_time gone "$PANE" || fail 'q closes the program'

# From an empty store into the one that is there.
$TERMINAL kill-server
filled=$ECOMPTA_STORE
ECOMPTA_STORE=$SANDBOX/empty.db
journey fr
sees 'an empty store asks what to do' 'Que voulez-vous faire'
keys Down Down Enter
sees 'another store can be opened' 'Où est-elle'
keys C-u
types "$SANDBOX/nowhere.db"
keys Enter
sees 'one that is not there is refused' "n'existe pas"
keys Enter Enter C-u
types "$filled"
keys Enter
sees 'one that is there opens' 'Accueil ·'
keys 2
sees 'with its customers' 'Clients · tous · 1 000'
finish
