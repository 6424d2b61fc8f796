#!/bin/sh
# Campaigns by the command line, from the draft to the messages in a folder.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

masked() {
  "$@" >said.txt 2>&1 || return
  sed -E 's/[0-9]{15,}/ID/g' said.txt
}
# An exit code that tells something, and what was said with it.
told() {
  "$@" 2>&1
  echo "exit $?"
}
field() {
  sed -n "s/.*\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" | head -1
}

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
{
  printf 'Code;Nom;Prénom;Téléphone\n'
  printf 'C001;Kaboré;Awa;70 12 34 56\nC002;Zongo;Zoë;76 00 11 22\nC003;Traoré;Ali;70 12 34 56\n'
  printf 'C004;Sawadogo;Issa;\nC005;Ouédraogo;Lise;78 00 00 01\n'
} >clients.csv
crm import customers clients.csv --quiet || fail 'customers come in'
# Processing, marketing and SMS agreed to; the last one refused SMS.
sql "UPDATE customer SET consents = 69; UPDATE customer SET consents = 133 WHERE name = 'Ouédraogo'"
company=$(sql 'SELECT id FROM company')
printf 'Bonjour {{prenom}}, -20 %% samedi. {{stop}}\n' >promo.txt

refuse 'a campaign has a name' 2 '“name” is not valid' crm campaigns create --channel sms --text promo.txt
refuse 'a filter is one' 2 'The filter is not right at “abc”' crm campaigns create --name x --filter 'score>=abc'
refuse 'a time is one' 2 '--start wants a time such as' crm campaigns create --name x --start never
id=$(crm campaigns create --name Promo --channel sms --text promo.txt)
check 'a draft is listed' 'ID  Promo  Draft               0         0       0     0       0          0' \
  sh -c '"$PROGRAM" campaigns list | sed -E "1d; s/[0-9]{15,}/ID/; s/ +$//"'
check 'its check says what is missing' 'Level            What
To be corrected  The setting “How to stop SMS” is empty: give a short code, a number or a link
To be corrected  No provider is set up for SMS
exit 7' told crm campaigns check "$id"
refuse 'so it is not launched' 1 'No provider is set up for SMS' crm campaigns launch "$id" --yes
sql "INSERT INTO setting VALUES ($company, 0, 'sms.stop', '4455');
  INSERT INTO provider (company_id, name, hourly, fields, prices)
  VALUES ($company, 'FILE', 0, '{\"folder\": \"$SANDBOX/outbox\"}', 'BF=25')"
mkdir outbox
check 'then it is in order, but for the folder' '[
  {
    "level": "WARN",
    "code": "FOLDER",
    "finding": "SMS: messages are laid into a folder, nobody receives them",
    "channel": "SMS",
    "language": ""
  }
]' crm campaigns check "$id" --json
crm campaigns forecast "$id" --json >forecast.json
check 'the forecast counts people' '2' field people <forecast.json
check 'those left out' '3' field left_out <forecast.json
check 'what it costs' '50' field cost <forecast.json
check 'and names that cost more' '1' field ucs2_people <forecast.json
check 'a preview is for somebody real' 'Bonjour Awa, -20 % samedi. STOP au 4455' \
  sh -c '"$PROGRAM" campaigns preview "$1" --json | sed -n "s/.*\"text\": \"\(.*\)\",/\1/p"' sh "$id"
check 'also for somebody who is left out' 'REFUSED' \
  sh -c '"$PROGRAM" campaigns preview "$1" --customer C005 --json | sed -n "s/.*\"reason\": \"\(.*\)\",/\1/p"' sh "$id"
refuse 'a launch wants a yes' 2 'This many people would receive it: 2; nothing was launched' crm campaigns launch "$id"
refuse 'a number has to be right' 2 'would receive it: 2; nothing was launched' crm campaigns launch "$id" --people 3
crm campaigns launch "$id" --people 2 --json >launch.json || fail 'it is launched' "$(cat launch.json)"
check 'two are queued' '2' field queued <launch.json
check 'launched twice is launched once' 'Status    Under way
Queued    2
Left out  3
It had been launched before: nothing was done.' crm campaigns launch "$id" --yes
refuse 'what is launched is not edited' 1 'cannot be done with the campaign “Promo”' crm campaigns edit "$id" --name Autre
check 'paused' '' crm campaigns pause "$id"
check 'nothing goes' 'Sent  0' crm send --once
check 'resumed' '' crm campaigns resume "$id"
check 'it goes' 'Sent  2' crm send --once
check 'each lies in the folder' '2' sh -c 'find outbox -type f | wc -l | tr -d " "'
check 'and is finished' 'COMPLETED|2|3' sql "SELECT c.status,
  (SELECT count(*) FROM message WHERE status = 'SENT'),
  (SELECT count(*) FROM message WHERE status = 'SKIPPED') FROM campaign c"
crm campaigns metrics "$id" --json >metrics.json
check 'the metrics say what it cost' '50' field cost <metrics.json
check 'an SMS in a folder tells of no openings' 'null' field opened <metrics.json

check 'a duplicate is a draft with the next name' 'Promo (2)|DRAFT' \
  sh -c '"$PROGRAM" campaigns duplicate "$1" >/dev/null; sqlite3 "$ECOMPTA_STORE" "SELECT name, status FROM campaign ORDER BY id DESC LIMIT 1"' sh "$id"
twin=$(sql 'SELECT max(id) FROM campaign')
cat >c.json <<'END'
{"name": "Lettre", "type": "newsletter", "channels": ["EMAIL", "SMS"], "customers": ["C001"],
 "start": "2026-12-01 09:00", "budget": "5000",
 "texts": [{"channel": "SMS", "text": "Bonjour {{stop}}"}, {"channel": "EMAIL", "template": "WELCOME"}]}
END
letter=$(crm campaigns create --json c.json | tr -dc 0-9)
check 'JSON makes one too' 'Lettre|NEWSLETTER|EMAIL,SMS|5000|2026-12-01 09:00:00|2' \
  sql "SELECT name, type, channel_order, budget, datetime(start_at, 'unixepoch'),
    (SELECT count(*) FROM campaign_content WHERE campaign_id = c.id) FROM campaign c WHERE id = $letter"
refuse 'what is not there is told' 3 'WELCOME' sh -c 'printf "{\"name\": \"x\", \"texts\": [{\"channel\": \"FACEBOOK\", \"template\": \"WELCOME\"}]}" | "$PROGRAM" campaigns create --json -'
check 'the twin is scheduled' '' crm campaigns edit "$twin" --start '2026-12-01 09:00'
crm campaigns launch "$twin" --yes --quiet >/dev/null || fail 'and launched'
check 'all is paused at once' '1 campaign paused' crm campaigns pause --all
check 'and stopped' '2 messages cancelled' crm campaigns stop "$twin"
refuse 'for good' 1 'cannot be done' crm campaigns resume "$twin"
check 'drafts can be removed' '' crm campaigns delete "$letter"
refuse 'once' 3 'does not exist' crm campaigns show "$letter"

printf 'Code;Note\nC002;a\nC999;b\nC001;c\nC002;d\n' >list.csv
check 'a list names people, and who is not known is told' 'list.csv: 2 found, 1 not: line 3
ID
exit 4' sh -c '"$PROGRAM" campaigns create --name Liste --channel sms --list list.csv 2>&1 | sed -E "s/[0-9]{15,}/ID/"; "$PROGRAM" campaigns create --name Liste --list list.csv --quiet >/dev/null 2>&1; echo "exit $?"'
check 'the draft is for them alone' 'Zongo,Kaboré' sql "SELECT (SELECT name FROM customer WHERE id =
    json_extract('[' || persons || ']', '\$[0]')) || ',' || (SELECT name FROM customer WHERE id =
    json_extract('[' || persons || ']', '\$[1]')) FROM campaign WHERE name = 'Liste' LIMIT 1"
printf 'X;Y\nC999;b\n' >nobody.csv
refuse 'a list of strangers makes nothing' 3 'No row of “nobody.csv” names a customer' \
  crm campaigns create --name Personne --list nobody.csv
check 'not even a draft' '0' sql "SELECT count(*) FROM campaign WHERE name = 'Personne'"

# The daemon ends when it is told to, and says so in its log.
"$PROGRAM" --daemon &
daemon=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  grep -q 'sending here' "$XDG_STATE_HOME/ecompta-crm/ecompta-crm.log" 2>/dev/null && break
  sleep 0.1
done
kill -HUP $daemon
refuse 'one sends at a time' 5 'Another program is sending' crm send
kill -TERM $daemon
wait $daemon || fail 'the daemon ends well'
check 'the log says what it did' '1' grep -c 'daemon ended: 0 sent' "$XDG_STATE_HOME/ecompta-crm/ecompta-crm.log"
finish
