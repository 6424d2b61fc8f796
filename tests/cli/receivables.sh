#!/bin/sh
# What is owed, by age, of the company and of one customer.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

plain() {
  "$@" | sed 's/ / /g'
}

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'nothing at first' 'Overdue               XOF 0
Up to 30 days         XOF 0
31 to 60 days         XOF 0
61 to 90 days         XOF 0
Over 90 days          XOF 0
Customers who owe it  0' plain crm receivables
printf 'Code;Nom;Prénom;Téléphone\nC001;Kaboré & Fils;;70 12 34 56\nC002;Zongo;Issa;\nC003;Sawadogo;Ali;\n' >clients.csv
crm import customers clients.csv --quiet || fail 'customers come in'
# Due 30, 31 and 91 days ago, and tomorrow.
printf 'Numéro;Code client;Date;Échéance;Montant\n' >factures.csv
printf '%s\n' 'F-1;C001;01/09/2026;18/10/2026;10 000' 'F-2;C001;02/09/2026;17/10/2026;20 000' \
  'F-3;C002;03/07/2026;18/08/2026;40 000' 'F-4;C002;04/11/2026;18/11/2026;80 000' >>factures.csv
crm import invoices factures.csv --quiet || fail 'invoices come in'
printf 'Facture;Date;Montant\nF-3;05/10/2026;5 000\n' >paiements.csv
crm import payments paiements.csv --quiet || fail 'a payment comes in'

check 'by age, and who owes most' 'Overdue               XOF 65,000
Up to 30 days         XOF 10,000
31 to 60 days         XOF 20,000
61 to 90 days         XOF 0
Over 90 days          XOF 35,000
Since                 18 Aug 2026
Customers who owe it  2

Who owes most
Id                   Name           Telephone       Overdue  Since        Days' \
  sh -c '"$PROGRAM" receivables | head -10 | sed "s/ / /g; s/^Id  */Id                   /"'
check 'the greatest first' 'Zongo Issa 35000 91
Kaboré & Fils 30000 31' sh -c '"$PROGRAM" receivables --json | sed -n "s/^ *\"name\": \"\(.*\)\",/\1/p; s/^ *\"overdue\": \([0-9]*\),/\1/p; s/^ *\"days\": //p" | sed 1d | paste -d " " - - -'
check 'one only' '1' sh -c '"$PROGRAM" receivables --limit 1 --json | grep -c "\"days\""'
check 'one customer, with the open invoices' 'Overdue        XOF 35,000
Up to 30 days  XOF 0
31 to 60 days  XOF 0
61 to 90 days  XOF 0
Over 90 days   XOF 35,000
Since          18 Aug 2026
Not due yet    XOF 80,000

Open invoices
Number  Date        Due               Total  Still owed  Days late
F-4     4 Nov 2026  18 Nov 2026  XOF 80,000  XOF 80,000
F-3     3 Jul 2026  18 Aug 2026  XOF 40,000  XOF 35,000         91' plain crm receivables C002
check 'who owes nothing' 'null' sh -c '"$PROGRAM" receivables C003 --json | sed -n "s/^ *\"since\": \(.*\),/\1/p"'
refuse 'an unknown customer is named' 3 '“C009” does not exist' crm receivables C009
finish
