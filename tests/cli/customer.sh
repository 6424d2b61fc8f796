#!/bin/sh
# One customer by the command line: added, shown, edited, tagged, noted, written to
# no more; found twice, merged, taken apart again.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

# Ids and who runs the test differ; no-break spaces are hard to read.
masked() {
  "$@" >said.txt 2>&1 || return
  sed -E -e "s/ / /g; s/[0-9]{15,}/ID/g; s/  $(id -un) /  USER/; s/USER +/USER  /" said.txt
}

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'a customer is added' 'ID' masked crm customers add Kabré --first-name Awa --phone 76001122 \
  --email awa@kabre.example --birth-day 14/07/1980 --city Kaya --best-time 9h30 --channels SMS,EMAIL --account-key C002
printf 'Numéro;Code client;Date;Échéance;Montant\nF-1;C002;03/10/2026;02/11/2026;50 000\n' >factures.csv
crm import invoices factures.csv --quiet || fail 'an invoice comes in'
printf 'Facture;Date;Montant;Référence\nF-1;05/11/2026;20 000;CHQ 7\n' >paiements.csv
crm import payments paiements.csv --quiet || fail 'a payment comes in'
check 'a field is changed, one is cleared' '' crm customers edit C002 --street 'Secteur 4' --channels ''
check 'a tag is given' '1 customer changed.' crm customers tag gros C002
check 'a note is written' '' crm customers note C002 'a demandé le catalogue'
check 'no more SMS' 'SMS: Refused' crm customers stop C002 --channel sms --how counter --note 'dit au comptoir'
check 'all of it is shown' 'Kabré Awa

Id                 ID
Code               C002
Kind               Person
Written to as      Private person
Telephone          76 00 11 22
E-mail             awa@kabre.example
Street             Secteur 4
City               Kaya
Date of birth      14 Jul 1980
Best contact time  09:30
Tags               gros
Entered            17 Nov 2026 10:42

Consents
Data processing  Unknown
Marketing        Unknown
E-mail           Unknown
SMS              Refused
WhatsApp         Unknown
Facebook         Unknown
Instagram        Unknown
Phone calls      Unknown

Score 100, VIP

Rule                Value               Held against     Points
To start with                                                50
Invoiced incl. tax  XOF 50,000          50,000 or more      +20
Payment delay       15 days on average  15 days or less     +15
Purchases           1 in 365 days       less than 2           0
Last purchase       45 days ago         90 days or less     +15
Total: 100.
Down to 90 if the delay exceeds 15 days.

Departure risk 0.1 (low)

Rule           Value               Held against     Points
Payment delay  15 days on average  30 days or less       0
Last purchase  45 days ago         90 days or less       0
Purchases      1 in 365 days       less than 2          +1

In the last 12 months
Day          Before  After  Segment
17 Nov 2026      50    100  VIP

Payment behaviour         Good
Estimated customer value  XOF 500,000
Estimated satisfaction    10
Last interaction          17 Nov 2026

Receivables
Overdue        XOF 30,000
Up to 30 days  XOF 30,000
Since          2 Nov 2026
Not due yet    XOF 0

Last invoices
Number  Date        Due              Total  Still owed  Settled
F-1     3 Oct 2026  2 Nov 2026  XOF 50,000  XOF 30,000

Last payments
Invoice  Date            Amount  Reference
F-1      5 Nov 2026  XOF 20,000  CHQ 7

Last notes
When               Who   Note
17 Nov 2026 10:42  USER  a demandé le catalogue

History of consents
When               Granted  Refused  How             Who   Proof
17 Nov 2026 10:42           SMS      At the counter  USER  dit au comptoir

History
When               Who   What
17 Nov 2026 10:42  USER  Stop writing
17 Nov 2026 10:42  USER  Note written
17 Nov 2026 10:42  USER  Fields changed
17 Nov 2026 10:42  USER  Entered' masked crm customers show C002
check 'in JSON, by id' '"overdue": 30000,
"up_to_30": 30000,' sh -c '"$PROGRAM" customers show "$1" --json | sed -n "/\"receivables\"/,/up_to_30/s/^ *\(.*[0-9],\)/\1/p"' \
  sh "$(sql 'SELECT id FROM customer')"
check 'in French' 'Zone : Kaya' sh -c '"$PROGRAM" customers show C002 --lang fr | sed -n "s/^Ville  */Zone : /p"'

refuse 'the same telephone is told' 1 'Kabré Awa: same telephone, similar name' \
  crm customers add Kabre --first-name Awa --phone '+226 76 00 11 22'
check 'and nobody is added' '1' crm customers list --count
check 'unless wanted' 'ID' masked crm customers add Kabre --first-name Awa --phone '+226 76 00 11 22' --anyway --account-key C003
check 'one may be the same' 'Id  Code  Name       Telephone    City  Why                           Likeness
ID  C003  Kabre Awa  76 00 11 22        same telephone, similar name       100' \
  sh -c '"$PROGRAM" customers duplicates C002 | sed -E "s/^(Id|[0-9]+) +/\1  /; s/^[0-9]+/ID/"'
check 'they are a pair' '[
  {
    "id": "ID",
    "name": "Kabré Awa",
    "other_id": "ID",
    "other_name": "Kabre Awa",
    "why": "PHONE,NAME",
    "likeness": 100
  }
]' masked crm customers duplicates --json
check 'they are made one' '“ecompta-crm undo ID” takes it back.' masked crm customers merge C002 C003 --take name
check 'with the name of the other' 'Kabre Awa' sh -c '"$PROGRAM" customers list --columns name | tail -1'
check 'who is found under both keys' 'C002' sh -c '"$PROGRAM" customers show C003 | sed -n "s/^Code  *//p"'
check 'undo parts them' '2' sh -c '"$PROGRAM" undo --quiet; "$PROGRAM" customers list --count'
check 'they are said to be two' '' crm customers distinct C002 C003
check 'and no pair any more' '' crm customers duplicates
refuse 'one cannot be merged with itself' 2 'is not valid' crm customers merge C002 C002
refuse 'a field is one of a few' 2 '--take wants one of name|' crm customers merge C002 C003 --take colour

check 'a tag for those who pass a filter' '1 customer changed.' crm customers tag vip --filter segment=VIP
check 'is one to filter by' 'Kabré Awa' sh -c '"$PROGRAM" customers list tag=vip --columns name | tail -1'
check 'and taken' '{"done": 1, "changed": 1}' crm customers untag vip C002 --json
refuse 'customers or a filter' 2 'and not both' crm customers tag vip C002 --filter segment=VIP
refuse 'not neither' 2 'and not both' crm customers tag vip
check 'all channels are stopped' 'Marketing: Refused
E-mail: Refused
WhatsApp: Refused
Facebook: Refused
Instagram: Refused' crm customers stop C002 --addresses
check 'and the addresses with them' 'EMAIL|awa@kabre.example
PHONE|+22676001122' sql 'SELECT kind, value FROM suppression ORDER BY kind'
check 'which the customer shows' 'awa@kabre.example (never to be written to: REFUSED)' \
  sh -c '"$PROGRAM" customers show C002 | sed -n "s/^E-mail  *\(.*@.*\)/\1/p"'
refuse 'a channel is one of five' 2 '--channel wants one of email|sms' crm customers stop C002 --channel fax
refuse 'a kind is one of two' 2 '--kind cannot be “robot”' crm customers edit C002 --kind robot
refuse 'an unknown customer is named' 3 '“C009” does not exist' crm customers show C009

check 'any part of a name is found' 'Kabre Awa
Kabré Awa' sh -c '"$PROGRAM" customers search kabr --columns name | sed 1d | sort'
check 'or of a number, filtered' 'C003' \
  sh -c '"$PROGRAM" customers search "76 00" --filter has=PHONE,EMAIL --columns code --limit 5 | tail -1'
refuse 'what is left out is said' 0 'There are more' crm customers search awa --limit 1
finish
