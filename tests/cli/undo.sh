#!/bin/sh
# Taking back imports by the command line: as a whole, once, and what must stay.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
refuse 'at first there is nothing' 1 'nothing of yours to undo' crm undo
printf 'Code;Nom;SMS\nC001;Kaboré & Fils;oui\nC002;Zongo Issa;non\n' >clients.csv
printf 'Numéro;Code client;Date;Montant TTC\nF-1;C001;03/10/2026;5 000\nF-2;C001;04/10/2026;7 000\n' >factures.csv
printf 'Facture;Date;Montant\nF-1;05/11/2026;5 000\n' >paiements.csv
crm import customers clients.csv --quiet || fail 'customers come in'
crm import invoices factures.csv --quiet || fail 'invoices come in'
crm import payments paiements.csv --quiet || fail 'a payment comes in'
customers=$(sql "SELECT id FROM import_run WHERE kind = 'CUSTOMERS'")
invoices=$(sql "SELECT id FROM import_run WHERE kind = 'INVOICES'")

check 'all three are listed' 'Import  paiements.csv
Import  factures.csv
Import  clients.csv' sh -c '"$PROGRAM" undo --list | sed -n "s/^[0-9]*  17 Nov 2026 10:42  [^ ]* *//p"'
crm company set --time-zone Europe/Paris --quiet || fail 'the company moves'
check 'by the clock on its wall' '17/11/2026 11:42' sh -c '"$PROGRAM" undo --list --lang fr | sed -n "2s/^[0-9]*  \(.\{16\}\)  .*/\1/p"'
check 'programs are told in UTC' '    "at": "2026-11-17T10:42:00Z",' sh -c '"$PROGRAM" undo --list --limit 1 --json | grep \"at\"'
crm company set --time-zone Africa/Ouagadougou --quiet || fail 'the company moves back'
check 'page by page' 'clients.csv' \
  sh -c '"$PROGRAM" undo --list --limit 1 --after "$1" | sed -n "2s/.* //p"' sh "$invoices"
refuse 'what is needed by now is left' 4 '“factures.csv” is taken back: 1 row.' crm undo "$invoices"
check 'the other is gone' 'F-1' sql 'SELECT number FROM invoice'
check 'the last of all goes by itself' '“paiements.csv” is taken back: 1 row.' crm undo
refuse 'what was taken back is' 1 '“factures.csv” was taken back before' crm undo "$invoices"
check 'in JSON' '{
  "id": "ID",
  "title": "clients.csv",
  "taken_back": 1,
  "kept": 1,
  "kept_rows": [
    {
      "entity": "customer",
      "id": "ID",
      "why": "IN_USE"
    }
  ]
}' sh -c '"$PROGRAM" undo "$1" --json >said.json; test $? = 4 && sed -E "s/[0-9]{15,}/ID/" said.json' sh "$customers"
check 'the one with an invoice is still there' 'Kaboré & Fils' sql 'SELECT name FROM customer'
check 'the refusal of the other stays with nobody' '0' sql "SELECT count(*) FROM customer WHERE name LIKE 'Zongo%'"
refuse 'no id is no id' 2 '“last” is not the id of a change' crm undo last
refuse 'an unknown one is named' 3 'does not exist' crm undo 12
refuse 'in the end there is nothing' 1 'nothing of yours to undo' crm undo
finish
