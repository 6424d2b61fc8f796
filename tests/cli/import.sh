#!/bin/sh
# Imports by the command line: what is understood, taken in, refused and why; the
# same file again; what a person must say; exit codes.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

# What differs from run to run: ids, folders, time taken.
crm_masked() {
  crm "$@" >said.txt 2>&1
  code=$?
  sed -E -e 's/[0-9]{15,}/ID/g' -e "s|$SANDBOX|DIR|g" -e 's/("milliseconds": )[0-9]+/\1N/' said.txt
  return $((code == 4 ? 0 : code))
}

cat >clients.csv <<'END'
Code;Raison sociale;Prénom;Téléphone;Email;Ville;Date de naissance;SMS
C001;Kaboré & Fils;;70 12 34 56;contact@kabore.example;Ouagadougou;;oui
C002;Kabré;Awa;76001122;awa@kabre.example;Bobo-Dioulasso;31/02/1990;oui
C003;Zongo;Issa;2,267E+10;;Koudougou;;non
C004;;;70;x@;;;
C005;Traoré;Ali;70 99 88;pas-une-adresse;Banfora;14/07/1980;
END
refuse 'an import needs a store' 3 'does not exist' crm import customers clients.csv
crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'

check 'a dry run says what was understood and what would come of it' \
'Column  Header             Read as        Filled  Example
     1  Code               Customer code       5  C001
     2  Raison sociale     Name                4  Kaboré & Fils
     3  Prénom             First name          3  Awa
     4  Téléphone          Phone               5  70 12 34 56
     5  Email              E-mail              4  contact@kabore.example
     6  Ville              City                4  Ouagadougou
     7  Date de naissance  Birth date          2  31/02/1990
     8  SMS                Agrees to SMS       3  oui

Refused lines
Line  Reason
   3  Birth date “31/02/1990” is a day that does not exist.
   5  Name is missing.

Remarks on lines that were taken in
Line  Reason
   4  Phone “2,267E+10” was shortened by a spreadsheet; the last digits are lost. Format the column as text and export again.
   6  E-mail “pas-une-adresse” is no valid address. It is kept as it stands and never written to.
   6  Phone “70 99 88” is no valid number. It is kept as it stands and never written to.

Dry run, nothing was written. It would be: 3 customers created, 2 lines refused, 3 remarks.' \
  crm_masked import customers clients.csv --dry-run
check 'and nothing was written' '0|0' sql 'SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM import_run)'
refuse 'refused lines have an exit code of their own' 4 '3 customers created' \
  crm import customers clients.csv --dry-run

check 'the import says what came of it' \
'Refused lines
Line  Reason
   3  Birth date “31/02/1990” is a day that does not exist.
and 1 more

Remarks on lines that were taken in
Line  Reason
   4  Phone “2,267E+10” was shortened by a spreadsheet; the last digits are lost. Format the column as text and export again.
and 2 more

3 customers created, 2 lines refused, 3 remarks.
“ecompta-crm undo ID” takes it back.' crm_masked import customers clients.csv --show 1
check 'the customers are there' 'Name           Telephone    City        Consent to SMS
Kaboré & Fils  70 12 34 56  Ouagadougou  Granted
Traoré Ali     70 99 88     Banfora      Unknown
Zongo Issa     2,267E+10    Koudougou    Refused' \
  sh -c '"$PROGRAM" customers list --columns name,phone,city,ok_sms | sed "s/City     */City        /"'
check 'the same file again changes nothing' \
'0 customers created, 3 were there already, 2 lines refused.
“ecompta-crm undo ID” takes it back.' crm_masked import customers clients.csv --show 0
check 'a quiet one says nothing' '' crm_masked import customers clients.csv --show 0 --quiet

cat >factures.csv <<'END'
Numéro;Code client;Date;Échéance;Montant TTC
F-1;C001;03/10/2026;02/11/2026;1 234 500
F-2;C001;05/11/2026;;12,5
F-2;C001;05/11/2026;;20 000
F-3;C009;06/11/2026;;5 000
A-1;C001;07/11/2026;;-4 500
END
check 'invoices in JSON' \
'{
  "id": "ID",
  "kind": "INVOICES",
  "lines": 5,
  "created": 3,
  "changed": 0,
  "unchanged": 0,
  "refused": 2,
  "remarks": 0,
  "customers": 0,
  "resumed_at": 0,
  "backup": "DIR/backups/store-20261117T104200.2-import.db",
  "milliseconds": N,' sh -c '"$PROGRAM" import invoices factures.csv --json >said.json; test $? = 4 &&
    head -13 said.json | sed -E -e "s/[0-9]{15,}/ID/" -e "s|$PWD|DIR|" -e "s/(milliseconds.: )[0-9]+/\1N/"'
check 'refusals in it have their codes' 'TOO_MANY_DECIMALS
UNKNOWN_CUSTOMER' sh -c 'sed -n "s/.*\"reason\": \"\(.*\)\",/\1/p" said.json'
check 'amounts are minor units of the company' 'A-1|-4500
F-1|1234500
F-2|20000' sql 'SELECT number, total FROM invoice ORDER BY number'

printf 'facture\tdate\tmontant\nF-1\t10/11/2026\t1.234\n' >paiements.txt
refuse 'what can be read in two ways is asked' 2 '“1.234” can be read in two ways' \
  crm import payments - <paiements.txt
refuse 'and the columns are told' 2 'Payment date' crm import payments - <paiements.txt
check 'an answer is taken; rows may be pasted' \
'1 payment created.
“ecompta-crm undo ID” takes it back.' crm_masked import payments - --decimal comma <paiements.txt
check 'as thousands' '1234' sql 'SELECT amount FROM payment'

check 'imports are listed, the latest first' \
'Kind       File          State  Created  Changed  Unchanged  Refusals
Payments   (pasted)      Done         1        0          0         0
Invoices   factures.csv  Done         3        0          0         2
Customers  clients.csv   Done         0        0          3         2
Customers  clients.csv   Done         0        0          3         2
Customers  clients.csv   Done         3        0          0         2' \
  sh -c '"$PROGRAM" import list | sed -E "s/^(Id|[0-9]+) +(Begun|17 Nov 2026 10:42) +//"'
id=$(sql "SELECT max(id) FROM import_run WHERE kind = 'INVOICES'")
check 'one is shown with its refusals' \
'Id         ID
Kind       Invoices
File       factures.csv
State      Done
Begun      17 Nov 2026 10:42
Ended      17 Nov 2026 10:42
Created    3
Changed    0
Unchanged  0
Refusals   2
Remarks    0

Refused lines
Line  Reason
   3  Total with tax “12,5” has more decimals than the currency.
   5  There is no customer “C009”. Import the customers first, or choose that missing ones are made.' \
  crm_masked import show "$id"
refuse 'an unknown one is named' 3 '“12” does not exist' crm import show 12
refuse 'no id is no id' 2 '“soon” is not the id of an import' crm import show soon
refuse 'nothing was cut short' 2 'no import was cut short' crm import resume

printf 'x;y\nC010;Ouédraogo Salif\n' >nameless.csv
refuse 'a field without column is asked for' 2 'known to hold “name”' crm import customers nameless.csv
check 'and mapped by hand' \
'1 customer created.
“ecompta-crm undo ID” takes it back.' crm_masked import customers nameless.csv --map code=x --map name=2
refuse 'a column that is not there is named' 2 'no column “Nope”' crm import customers nameless.csv --map name=Nope
refuse 'nor by its number' 2 'no column “3”' crm import customers nameless.csv --map name=3
refuse 'a field that is not there too' 2 'one of the fields that --fields lists' \
  crm import customers nameless.csv --map size=1
check 'fields are listed' 'number
customer' sh -c '"$PROGRAM" import invoices --fields | awk "NR == 2 || NR == 3 { print \$1 }"'
refuse 'a file is needed' 2 'import payments wants FILE' crm import payments
refuse 'a file that is not there' 3 '“none.csv” does not exist' crm import customers none.csv
refuse 'a folder' 1 'is a folder' crm import customers .
refuse 'existing customers need their ticks' 2 'if all three hold' \
  crm import customers clients.csv --existing-customers --similar-goods
refuse 'and a law that knows them' 1 'In the company' crm import customers clients.csv \
  --existing-customers --collected-at-sale --similar-goods --told-they-may-refuse
refuse 'a delimiter is one of a few' 2 '--delimiter wants one of comma|semicolon' \
  crm import customers clients.csv --delimiter colon
finish
