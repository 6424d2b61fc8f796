#!/bin/sh
# Tasks by the command line: added, listed, done; how calls end and what follows.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

masked() {
  "$@" >said.txt 2>&1 || return
  sed -E 's/[0-9]{15,}/ID/g' said.txt
}

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
printf 'Code;Nom;Prénom;Téléphone\nC001;Kaboré & Fils;;70 12 34 56\nC002;Zongo;Issa;76 00 11 22\n' >clients.csv
crm import customers clients.csv --quiet || fail 'customers come in'
printf 'Numéro;Code client;Date;Échéance;Montant\nF-1;C001;03/09/2026;03/10/2026;50 000\n' >factures.csv
crm import invoices factures.csv --quiet || fail 'an invoice comes in'

check 'at first there is nothing to do' '' crm tasks list
check 'a task is added' 'ID' masked crm tasks add C001 --kind call --due 16/11/2026 --at 14h30 --note 'relance F-1'
check 'another one' 'ID' masked crm tasks add C002 --due +3
check 'and one for today' 'ID' masked crm tasks add C001 --kind other --note 'catalogue'
late=$(sql "SELECT id FROM task WHERE kind = 'CALL'")
later=$(sql "SELECT id FROM task WHERE kind = 'REMINDER'")
check 'what is due is listed, late first, with whom and why' '16 Nov 2026  14:30  Call   Kaboré & Fils  70 12 34 56  XOF 50,000  relance F-1  late
17 Nov 2026         Other  Kaboré & Fils  70 12 34 56  XOF 50,000  catalogue    open' \
  sh -c '"$PROGRAM" tasks list | sed -E "1d; s/^[0-9]+ +//; s/  $(id -un) +/  /"'
check 'in French' '16/11/2026  14:30' sh -c '"$PROGRAM" tasks list --lang fr | sed -E -n "2s/^[0-9]+ +(.{17}).*/\1/p"'
check 'further ahead' '3' sh -c '"$PROGRAM" tasks list --until +3 --json | grep -c "\"id\""'
check 'the page behind one' 'REMINDER' \
  sh -c '"$PROGRAM" tasks list --until +3 --after "$1" --json | sed -n "s/.*\"kind\": \"\(.*\)\",/\1/p" | tail -1' sh "$late"
check 'a task is moved' '' crm tasks edit "$later" --due today --at 09:00 --kind call
check 'and is' '20774|540|CALL' sql "SELECT due_day, due_minute, kind FROM task WHERE id = $later"
check 'or done' '' crm tasks done "$later"
refuse 'once' 1 '' crm tasks done "$later"

refuse 'a promise has an amount and a day' 2 'promise wants --amount, --by' crm tasks outcome "$late" promise
refuse 'an amount is one' 2 '--amount wants an amount in XOF, not “12,5”' \
  crm tasks outcome "$late" promise --amount 12,5 --by +7
check 'a call ends with a promise; what follows is named' 'ID' \
  masked crm tasks outcome "$late" promise --amount '25 000' --by 24/11/2026 --note 'paiera en deux fois'
check 'it waits for the day after' '  {
    "id": "ID",
    "due": "2026-11-25",
    "at": null,
    "kind": "CALL",
    "customer": "ID",
    "name": "Kaboré & Fils",
    "phone": "+22670123456",
    "overdue": 50000,' sh -c '"$PROGRAM" tasks list --customer C001 --json | sed -n 2,10p | sed -E "s/[0-9]{15,}/ID/"'
check 'the call itself is kept with its outcome' 'PROMISE|25000' \
  sql "SELECT outcome, promise_amount FROM task WHERE id = $late"
refuse 'not reached needs another day' 2 'not-reached wants --again' crm tasks call C002 not-reached
check 'a call that nobody planned' 'ID' masked crm tasks call C002 not-reached --again tomorrow --at 10:00
check 'no more calls is a refusal' '' crm tasks call C002 no-more-calls
refuse 'and stands' 1 'wants no more calls' crm tasks add C002 --kind call
refuse 'an outcome is one of four' 2 '“maybe” is none of the outcomes reached, not-reached' crm tasks call C001 maybe
refuse 'a kind is one of three' 2 '--kind wants one of call|reminder|other, not “visit”' crm tasks add C001 --kind visit
refuse 'a day is a day' 2 '--due wants a day such as' crm tasks add C001 --due 31/02/2027
refuse 'a time is a time' 2 '--at wants a time such as 14:30, not “24:00”' crm tasks add C001 --at 24:00
refuse 'a customer must be there' 3 '“C009” does not exist' crm tasks add C009
refuse 'a task too' 3 'does not exist' crm tasks done 12
finish
