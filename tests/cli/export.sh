#!/bin/sh
# Exports by the command line: formats, columns, filters, where they land; the
# lines that an import refused.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
printf 'Code;Nom;Prénom;Ville;SMS\nC001;Kaboré & Fils;;Ouagadougou;oui\nC002;Zongo;Issa;Koudougou;non\nC003;;;Nulle part;\n' >clients.csv
crm import customers clients.csv --quiet --show 0 --refused refused.csv
check 'refused lines are kept with their reasons' 'Code;Nom;Prénom;Ville;SMS;Line;Why it was refused
C003;;;Nulle part;;4;Name is missing.' sh -c 'tail -c +4 refused.csv | tr -d "\r"'
check 'a dry run keeps them too' '' \
  sh -c '"$PROGRAM" import customers clients.csv --quiet --show 0 --dry-run --refused dry.csv; cmp refused.csv dry.csv'
check 'without any there is no file' '' sh -c 'head -2 clients.csv >one.csv
  "$PROGRAM" import customers one.csv --quiet --refused none.csv && ls none.csv 2>/dev/null || true'
id=$(sql 'SELECT min(id) FROM import_run')
check 'also later' "$SANDBOX/again.json: 1 row" crm import refused "$id" --to again.json
check 'in JSON' 'Nulle part' sed -n 's/.*"Ville":"\([^"]*\)".*/\1/p' again.json
printf 'Numéro;Code client;Date;Échéance;Montant\nF-1;C001;03/09/2026;03/10/2026;50 000\nF-2;C002;04/09/2026;04/10/2026;7 000\n' >factures.csv
crm import invoices factures.csv --quiet || fail 'invoices come in'
printf 'Facture;Date;Montant;Référence\nF-1;05/10/2026;20 000;CHQ 7\n' >paiements.csv
crm import payments paiements.csv --quiet || fail 'a payment comes in'

check 'customers as CSV' "$SANDBOX/customers.csv: 2 rows" \
  crm export customers --to customers.csv --columns code,name,first_name,ok_sms,revenue
check 'are these' 'Customer code;Name;First name;Agrees to SMS;Invoiced total
C001;Kaboré & Fils;;Granted;50000
C002;Zongo;Issa;Refused;7000' sh -c 'tail -c +4 customers.csv | tr -d "\r"'
check 'its owner'\''s alone' '600' stat -c %a customers.csv
check 'those who pass a filter' "$SANDBOX/one.json: 1 row" \
  crm customers export city=koudougou --to one.json --columns name,score
check 'in JSON, by the name of the file' '[
{"name":"Zongo","score":50}
]' cat one.json
check 'invoices' "$SANDBOX/invoices.csv: 1 row" \
  crm export invoices 'revenue>10000' --to invoices.csv --columns number,customer,issued,total,open --delimiter comma
check 'with what is open' 'Invoice number,Customer code,Invoice date,Total with tax,Still owed
F-1,C001,2026-09-03,50000,30000' sh -c 'tail -c +4 invoices.csv | tr -d "\r"'
check 'payments' '{
  "path": "DIR/payments.csv",
  "rows": 1
}' sh -c '"$PROGRAM" export payments --to payments.csv --json | sed "s|$PWD|DIR|"'
check 'with their references' 'F-1;CHQ 7' \
  sh -c '"$PROGRAM" export payments --to p.csv --columns invoice,reference --quiet; tail -1 p.csv | tr -d "\r"'
check 'a workbook is one' 'PK' sh -c '"$PROGRAM" export customers --to customers.xlsx --quiet; head -c 2 customers.xlsx'
check 'and comes in again' '2 were there already' sh -c '"$PROGRAM" import customers customers.xlsx --dry-run |
  sed -n "s/.*0 customers created, \(2 were[^.]*\)\./\1/p"'
check 'without a name it lands in the exchange folder' "$HOME/ecompta/clients-2026-11-17.csv : 2 rows" \
  sh -c '"$PROGRAM" export customers --lang fr | sed "s/lignes\{0,1\}/rows/"'
check 'a second one beside it' '2' sh -c '"$PROGRAM" export customers --quiet --lang fr; ls "$HOME/ecompta" | wc -l'
check 'every export is audited' '10' sql "SELECT count(*) FROM audit WHERE action LIKE 'export%' OR action LIKE '%.export'"
refuse 'an unknown column is named' 2 'no column “colour”' crm export customers --to x.csv --columns name,colour
refuse 'an unknown format too' 2 '--format wants one of csv|xlsx|json, not “pdf”' crm export customers --format pdf
refuse 'a wrong filter is pointed at' 2 'at “vap”' crm export customers segment=vip,vap --to x.csv
check 'nothing of these was written' 'none' sh -c 'ls x.csv 2>/dev/null || echo none'
check 'help of a family' 'export customers [FILTER]
export invoices [FILTER]
export payments [FILTER]
export tasks [FILTER]' sh -c '"$PROGRAM" export --help | sed -n "s/^  \(export [a-z]* .FILTER.\).*/\1/p"'
refuse 'a family alone is told what may follow' 2 '“export” wants one of these after it: customers, invoices, payments, tasks' crm export
finish
