#!/bin/sh
# A person imports a spreadsheet with ten bad lines, reads the reasons and takes it
# back; then the line is cut in the middle of a long import, and the power.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
mkdir -p "$HOME/ecompta"

# Ten lines that are refused, each for its own reason, and two that are taken in.
cat >"$HOME/ecompta/clients.csv" <<'END'
Code;Raison sociale;Prénom;Téléphone;Email;Ville;Date de naissance;SMS
N001;Sanou;Adama;70 11 22 33;adama@sanou.example;Bobo-Dioulasso;;oui
N002;;;70 11 22 34;;;;
N003;Traoré;Ali;;;;31/02/1990;
N004;Ouattara;Issa;;;;14/07/90;
N005;Kinda;Rose;;;;le 3 mai;
N006;Barry;Léa;;;;01/01/1850;
N007;Sow;Mia;;;;01/01/2031;
N008;Diallo;Mamadou;;;;;peut-être
N009;Yaméogo;Paul;;;;;oui;en trop
N010;"Compaoré;Rasmané;;;;;
N001;Sanou;Adam;70 99 99 99;;;;
N013;Ilboudo;Marc;25 30 61 18;marc@ilboudo.example;Ouagadougou;;non
END

customers() {
  sql 'SELECT count(*) FROM customer'
}

journey fr
sees 'the program opens' 'Sahel Négoce SARL'
keys i
sees 'the exchange folder is offered, newest first' 'clients.csv'
keys Enter
sees 'the columns are understood' 'Tout est compris'
keys Tab
sees 'the dry run tells the first bad line' 'Nom : valeur manquante'
sees 'and a day that does not exist' '31/02/1990'
keys Enter
sees 'the whole line is shown' 'N002'
keys Enter
sees 'ten are refused' '          10 '
check 'nothing was written' 0 customers
keys Tab
sees 'it asks before it writes' 'Importer pour de bon'
keys Enter
sees 'the import says what it came to' 'Import fini : créés 2, refusés 10.'
check 'two customers came in' 2 customers
keys w
sees 'the refused lines are saved with their reasons' '/ecompta/refus'
grep -q 'N003.*31/02/1990' "$HOME"/ecompta/refus*.csv || fail 'the file holds them'
keys u
sees 'taking it back asks first' 'Annuler cet import'
keys Left Enter
sees 'and says what it did' 'Annulé :'
check 'the customers are gone' 0 customers
keys q q
in_time gone "$PANE" || fail 'q closes the program' "$(screen)"
$TERMINAL kill-server 2>/dev/null

# A long one: the window is closed while it goes on.
MANY=60000
{
  echo 'Code;Nom;Téléphone'
  awk -v n=$MANY 'BEGIN { for (i = 1; i <= n; i++) printf "L%06d;Client %d;70%06d\n", i, i, i }'
} >"$HOME/ecompta/longue.csv"

begin_long_import() {
  journey fr
  sees 'the program opens again' 'Sahel Négoce SARL'
  keys i
  sees 'the long file is there' 'longue.csv'
  keys Enter
  sees 'its columns are understood' 'Tout est compris'
  keys Tab
  sees 'it was tried out' 'telles quelles'
  keys Tab
  sees 'it asks' 'Importer pour de bon'
  keys Enter
  in_time some_are_in || fail 'the import has begun'
}

some_are_in() {
  [ "$(customers)" -gt 0 ]
}

begin_long_import
$TERMINAL kill-server
in_time gone "$PANE" || fail 'the work comes to its end by itself'
check 'the import went on without its window' "$MANY" customers
check 'and is done' 'DONE' sql 'SELECT status FROM import_run ORDER BY id DESC LIMIT 1'
crm undo --yes >/dev/null 2>&1 || crm undo >/dev/null || fail 'it is taken back'

# The power goes: the next start offers to go on.
begin_long_import
kill -KILL "$PANE"
in_time gone "$PANE" || fail 'the program is dead'
$TERMINAL kill-server 2>/dev/null
in_time forgotten "$PANE" || fail 'nothing is left of it'
check 'the import is not done' 'RUNNING' sql 'SELECT status FROM import_run ORDER BY id DESC LIMIT 1'
journey fr
sees 'the next start offers to go on' 'Un import a été interrompu'
keys Enter
sees 'it goes on to its end' 'Import fini'
check 'every line is in, once' "$MANY" customers
check 'it was one run' '3' sql 'SELECT count(*) FROM import_run'
keys q q
in_time gone "$PANE" || fail 'q closes the program' "$(screen)"
crm doctor >/dev/null || fail 'the store is sound'
finish
