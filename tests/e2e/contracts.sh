#!/bin/sh
# What is sent to SendGrid and Twilio passes a check against their own OpenAPI files:
# Prism (https://github.com/stoplightio/prism) stands before the simulator and stops
# every request that breaks them. Skipped where Prism or the files are not there.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/sim.sh"
SPECS=${SPECS:-$TOP_SRCDIR/../shared/specs}
PRISM=${PRISM:-prism}
need "$PRISM"
for spec in sendgrid/tsg_mail_v3.json twilio/twilio_api_v2010.json; do
  [ -f "$SPECS/$spec" ] || { echo "skipped: $SPECS/$spec is not there"; exit 77; }
done

# before PROVIDER SPEC: Prism between $proxy and the simulator's paths of the provider.
before() {
  proxy=$((20000 + ($$ * 7 + SIM_PORT) % 20000))
  : >"$1.log"
  "$PRISM" proxy "$SPECS/$2" "$(sim_url)/$1" --errors --port $proxy >"$1.log" 2>&1 &
  prism_pid=$!
  trap 'kill $prism_pid $SIM_PID 2>/dev/null; rm -rf "$SANDBOX"' EXIT
  until grep -q 'Prism is listening' "$1.log"; do
    kill -0 $prism_pid 2>/dev/null || { fail "Prism starts before $1" "$(cat "$1.log")"; finish; }
    sleep 0.2
  done
}

after() {
  kill $prism_pid
  wait $prism_pid 2>/dev/null
}

# send PATH BODY HEADER...
send() {
  send_path=$1 send_body=$2
  shift 2
  printf '%s' "$send_body" | "$SIM" --call "$proxy" POST "$send_path" "$@" 'User-Agent: ecompta-crm/0.1.0'
}

sim_start

before sendgrid sendgrid/tsg_mail_v3.json
mail='{"personalizations":[{"to":[{"email":"alex@example.com","name":"Alex"}],"subject":"Hi -name-",
 "substitutions":{"-name-":"Alex"},"headers":{"List-Unsubscribe":"<https://ex.com/u/TOKEN>",
 "List-Unsubscribe-Post":"List-Unsubscribe=One-Click"},"custom_args":{"relay_msg_id":"m-1"}}],
 "from":{"email":"news@example.com","name":"Shop"},"reply_to":{"email":"help@example.com"},
 "subject":"fallback","content":[{"type":"text/plain","value":"Hello -name-"},
 {"type":"text/html","value":"<p>Hello -name-</p>"}],"categories":["c-9"],
 "tracking_settings":{"click_tracking":{"enable":true,"enable_text":false},
 "open_tracking":{"enable":true},"subscription_tracking":{"enable":false}}}'
check 'a mail passes the check' '' send /v3/mail/send "$mail" \
  'Content-Type: application/json' 'Authorization: Bearer SG.test'
check 'and arrives' 1 sim_got sendgrid
refuse 'one without a recipient is stopped' 1 "must have required property 'to'" send /v3/mail/send \
  "$(printf '%s' "$mail" | sed 's/"to":\[[^]]*\],//')" \
  'Content-Type: application/json' 'Authorization: Bearer SG.test'
after

before twilio twilio/twilio_api_v2010.json
account=AC0123456789abcdef0123456789abcdef
basic='Authorization: Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0d2lsaW8tdGVzdA=='
sms='To=%2B22670000000&From=%2B15005550006&Body=Bonjour+Alex&ValidityPeriod=14400'
sms="$sms&StatusCallback=https%3A%2F%2Frelay.example.com%2Fstatus%3Fmid%3Dm-1"
send_sms() {
  send "/2010-04-01/Accounts/$account/Messages.json" "$1" \
    'Content-Type: application/x-www-form-urlencoded' "$basic" | sed 's/.*"status":"\([a-z]*\)".*/\1/'
}
check 'a text passes the check' queued send_sms "$sms"
check 'and arrives' 1 sim_got twilio
refuse 'one without a number is stopped' 1 "must have required property 'To'" \
  send "/2010-04-01/Accounts/$account/Messages.json" 'From=%2B15005550006&Body=Bonjour' \
  'Content-Type: application/x-www-form-urlencoded' "$basic"
after

check 'nothing broke a contract' '' sim_violations
check 'nobody received anything twice' '' sim_twice
finish
