# For shell tests that send: the stand-in for the providers (support/sim). Use, behind
# lib.sh: . "$TOP_SRCDIR/tests/support/sim.sh"
#
#   sim_start [--cheap]     starts it, or skips the test where it was not built
#   sim_url                 http://127.0.0.1:PORT, to be followed by /sendgrid, /twilio ...
#   sim_fault provider=twilio mode=429 count=2 hint=3     orders a fault (sim/faults.h)
#   sim_clear [provider=P]  takes back all that was ordered; what hangs breaks off
#   sim_got [PROVIDER]      how many messages were received
#   sim_twice [PROVIDER]    addresses that received more than one by a channel, whoever
#                           carried it: nothing is good
#   sim_violations          how requests broke the contracts: nothing is good
#   sim_monday              before sim_start: ten o'clock of a Monday, and on from there
#   sim_company PEOPLE      that many may be written to, by Orange, else by Twilio; a text
#                           for them in promo.txt
#   $SIM_RECORD             the record itself, $SIM_PORT, $SIM_SMTP_PORT

SIM=${SIM:-$(dirname "$PROGRAM")/tests/support/sim/sim}
SIM_RECORD=$SANDBOX/sim.record
SIM_PID=

sim_start() {
  [ -x "$SIM" ] || { echo "skipped: $SIM is not built (libmicrohttpd is missing)"; exit 77; }
  rm -f "$SANDBOX/sim.ports"
  "$SIM" --ports "$SANDBOX/sim.ports" --record "$SIM_RECORD" "$@" &
  SIM_PID=$!
  trap 'kill $SIM_PID 2>/dev/null; rm -rf "$SANDBOX"' EXIT
  until [ -f "$SANDBOX/sim.ports" ]; do
    kill -0 $SIM_PID 2>/dev/null || { fail 'the simulator starts'; finish; }
    sleep 0.02
  done
  SIM_PORT=$(sed -n 's/^http //p' "$SANDBOX/sim.ports")
  SIM_SMTP_PORT=$(sed -n 's/^smtp //p' "$SANDBOX/sim.ports")
}

# The program's clock and the simulator's.
sim_monday() {
  SIM_BEGUN=$(date +%s)
  SIM_SHIFT=$(($(date -u -d 2026-11-23T10:00:00Z +%s) - SIM_BEGUN))
  ECOMPTA_NOW=2026-11-23T10:00:00Z+$SIM_BEGUN
  export SIM_SHIFT ECOMPTA_NOW
}

sim_company() {
  crm company add 'Sahel Négoce SARL' --country BF --quiet || fail 'a company is made'
  awk -v n="$1" 'BEGIN {
    print "Code;Nom;Prénom;Téléphone;ok-processing;ok-marketing;ok-sms"
    for (i = 0; i < n; i++)
      printf "C%05d;Kaboré;Awa;70 1%05d;oui;oui;oui\n", i, i
  }' >clients.csv
  crm import customers clients.csv --quiet --map ok-processing=ok-processing \
    --map ok-marketing=ok-marketing --map ok-sms=ok-sms || fail 'customers come in'
  echo orange-secret | crm providers set ORANGE client_id=orange-id client_secret=- \
    "base_url=$(sim_url)/orange" hourly=0 --quiet || fail 'Orange is set up'
  echo twilio-test | crm providers set TWILIO account_sid=AC0123456789abcdef0123456789abcdef \
    auth_token=- from=+15005550006 "base_url=$(sim_url)/twilio" hourly=0 --quiet ||
    fail 'Twilio is set up'
  crm providers limits sms 0 --quiet
  crm settings set sms.stop 4455 --quiet
  crm settings set sms.pause 0 --quiet
  crm settings set lookup.seconds 1 --quiet
  echo 'Bonjour {{prenom}}, -20 % samedi. {{stop}}' >promo.txt
}

sim_stop() {
  [ -z "$SIM_PID" ] || { kill $SIM_PID; wait $SIM_PID; } 2>/dev/null
  SIM_PID=
}

sim_url() {
  echo "http://127.0.0.1:$SIM_PORT"
}

# sim_call METHOD PATH: the body of the answer, without curl.
sim_call() {
  "$SIM" --call "$SIM_PORT" "$1" "$2"
}

sim_fault() {
  sim_query=
  for sim_word in "$@"; do
    sim_query=$sim_query${sim_query:+&}$(printf '%s' "$sim_word" | sed 's/%/%25/g; s/+/%2B/g; s/&/%26/g')
  done
  sim_call POST "/_sim/fault?$sim_query" >/dev/null || fail "the fault is ordered: $*"
}

sim_clear() {
  sim_call POST "/_sim/clear?${1:-}" >/dev/null || fail 'the faults are cleared'
}

sim_got() {
  awk -F '\t' -v who="${1:-}" '$1 == "got" && (who == "" || $2 == who) { n++ }
    $1 == "many" && (who == "" || $2 == who) { n += $3 }
    END { print n + 0 }' "$SIM_RECORD"
}

sim_twice() {
  awk -F '\t' -v who="${1:-}" '
    $1 == "got" && (who == "" || $2 == who) {
      channel = $2
      if (channel ~ /^(sendgrid|mailchimp|smtp)$/) channel = "email"
      if (channel ~ /^(twilio|orange|mtn)$/) channel = "sms"
      address = tolower($3)
      sub(/^\+/, "", address)
      if (++n[channel " " address] == 2) print channel, address
    }' "$SIM_RECORD"
}

sim_violations() {
  awk -F '\t' '$1 == "violation" { print $2 ": " $3 ": " $6 }' "$SIM_RECORD"
}
