#!/bin/sh
# Lists of customers: filters and their errors, orders, columns, pages.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'an empty base lists nothing' '' crm customers list
check 'in JSON too' '[]' crm customers list --json
check 'and counts none' '0' crm customers list --count
refuse 'an unknown field is pointed at' 2 'filter “scor>5”, at “scor”: a field is expected' \
  crm customers list 'scor>5'
refuse 'choices are named' 2 'at “VI”: one of these is expected: VIP, LOYAL, REGULAR, OCCASIONAL, AT_RISK' \
  crm customers list segment=VI
refuse 'an open parenthesis too' 2 'at “(”' crm customers list '(segment=VIP'
refuse 'and what is missing at the end' 2 'at its end: a value is expected' crm customers list 'score>='
refuse 'an unknown order is refused' 2 '--sort wants one of name|score|' crm customers list --sort size
refuse 'an unknown column too' 2 'no column “colour”' crm customers list --columns id,colour
refuse 'a page begins behind a customer who is there' 3 '“12” does not exist' crm customers list --after 12
check 'help lists every field' '0' sh -c '"$PROGRAM" customers list --help >help.txt; for f in segment score \
  last_purchase overdue consent.sms reachable tag has created; do grep -q "^  $f " help.txt || echo "$f"; done | wc -l'

cat >clients.csv <<'END'
Code;Nom;Prénom;Type;Téléphone;Email;Ville;SMS
C001;Kaboré & Fils;;Entreprise;70 12 34 56;contact@kabore.example;Ouagadougou;oui
C002;Kabré;Awa;Particulier;76001122;awa@kabre.example;Bobo-Dioulasso;oui
C003;Zongo;Issa;Particulier;;;Koudougou;non
C004;Élan;Zoé;Particulier;+33 6 12 34 56 78;;Lyon;
END
cat >factures.csv <<'END'
Numéro;Code client;Date;Échéance;Montant TTC
F-1;C001;03/10/2026;02/11/2026;1 234 500
F-2;C001;05/11/2026;;20 000
F-3;C002;06/02/2026;08/03/2026;45 000
END
crm import customers clients.csv --quiet || fail 'customers come in'
crm import invoices factures.csv --quiet || fail 'and invoices'

check 'by name, accents aside' 'Name           Telephone      Segment     Score  Invoiced incl. tax        Overdue  Last purchase
Élan Zoé       +33 612345678  Occasional     50               XOF 0          XOF 0
Kaboré & Fils  70 12 34 56    VIP           100       XOF 1,254,500  XOF 1,234,500  5 Nov 2026
Kabré Awa      76 00 11 22    At risk        35          XOF 45,000     XOF 45,000  6 Feb 2026
Zongo Issa                    Occasional     50               XOF 0          XOF 0' \
  sh -c '"$PROGRAM" customers list | sed -E "s/^(Id|[0-9]+) +//"'
check 'in French, filtered' 'Kaboré & Fils 1 254 500 F CFA 05/11/2026
Kabré Awa 45 000 F CFA 06/02/2026' \
  sh -c '"$PROGRAM" customers list "facture>=40000" --lang fr --columns name,revenue,last_purchase | sed "1d; s/  */ /g"'
check 'by overdue, the greatest first, page by page' 'Kaboré & Fils
Kabré Awa' sh -c '"$PROGRAM" customers list --sort overdue --desc --limit 2 --columns name | tail -2'
id=$(sql "SELECT id FROM customer WHERE account_key = 'C002'")
check 'and the page behind' 'Name
Élan Zoé
Zongo Issa' crm customers list --sort overdue --desc --limit 2 --columns name --after "$id"
check 'filters combine' 'Kabré Awa' \
  sh -c '"$PROGRAM" customers list "overdue>30d" -segment=VIP consent.sms=GRANTED --columns name | tail -1'
check 'words of a filter may be in French' '1' crm customers list --count 'accord.sms=refuse' ou 'ville=Dakar'
check 'numbers are numbers in JSON, ids are not' '  {
    "id": "ID",
    "score": 35,
    "churn": 0.8,
    "revenue": 45000,
    "last_purchase": "2026-02-06",
    "ok_sms": "GRANTED"
  }' sh -c '"$PROGRAM" customers list --json name~kabre --columns id,score,churn,revenue,last_purchase,ok_sms |
    sed -E "1d; \$d; s/[0-9]{15,}/ID/"'
finish
