#!/bin/sh
# Providers by the command line: set up without a secret on the line, tested, limited; the
# settings of sending.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3
XDG_CONFIG_HOME=$PWD/config
XDG_STATE_HOME=$PWD/state
HOME=$PWD
export XDG_CONFIG_HOME XDG_STATE_HOME HOME

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'ten providers are known, none is set up' '10' sh -c '"$PROGRAM" providers list | grep -c "not set up"'
refuse 'a secret does not go on the line' 2 'give api_key=- and type it' \
  crm providers set SENDGRID api_key=SG.hidden from_address=a@example.com
check 'it comes from the standard input' '' sh -c 'echo SG.hidden | "$PROGRAM" providers set sendgrid api_key=- from_address=a@example.com hourly=500'
check 'and is not shown again' '' sh -c '"$PROGRAM" providers show sendgrid --json | grep hidden || true'
check 'nor lies open in the store' '' sh -c 'cat store.db store.db-wal 2>/dev/null | grep SG.hidden || true'
check 'that there is one is' '      "value": "SEALED",' sh -c '"$PROGRAM" providers show sendgrid --json | grep -A1 api_key | tail -1'
refuse 'an empty secret is none' 2 'nothing was typed' sh -c '"$PROGRAM" providers set sendgrid api_key=- </dev/null'
refuse 'a setting is one of its own' 2 'no setting “colour”' crm providers set sendgrid colour=red
refuse 'a provider is one of ten' 2 'none of the providers' crm providers show PIGEON

check 'the order of a channel' 'ORANGE,MTN,TWILIO,FILE' crm providers order sms
check 'is changed' '' crm providers order sms MTN,TWILIO
check 'and kept' 'MTN,TWILIO' crm providers order sms
refuse 'by who carries it' 2 'SendGrid does not carry' crm providers order sms SENDGRID
check 'a limit of a channel' '' crm providers limits sms 300
check 'of a provider' '' crm providers limits sendgrid 250
check 'are kept' 'SMS 300
SENDGRID 250' sh -c '"$PROGRAM" providers limits | awk "\$1 == \"SMS\" || \$1 == \"SENDGRID\" { print \$1, \$2 }"'
check 'and settings' '300' sh -c '"$PROGRAM" settings list | awk "\$1 == \"hourly.SMS\" { print \$2 }"'
check 'a setting is set' '' crm settings set cap.messages 5
check 'and read back' '5' sh -c '"$PROGRAM" settings list --json | grep -A1 cap.messages | sed -n "s/.*value\": \"\(.*\)\",/\1/p"'
refuse 'within its bounds' 2 'not valid' crm settings set cap.messages many
refuse 'if there is one' 2 'no setting “colour”' crm settings set colour red

check 'a folder needs no account' '' crm providers set FILE hourly=0
check 'a test lays a file there' 'The provider took the message: look whether it arrives.' \
  sh -c '"$PROGRAM" providers test FILE --to "70 12 34 56" --channel sms | head -1'
check 'to the number as it is written to' "Sahel Négoce SARL : message d'essai, rien à faire. / Test message, nothing to do." \
  sh -c 'tail -1 ecompta/outbox/SMS/*.txt'
check 'the account keeps that it worked' 'worked' sh -c '"$PROGRAM" providers list | grep -o worked'
refuse 'an address is one' 2 '“nobody” is not valid' crm providers test FILE --to nobody
refuse 'a channel is one it carries' 2 'does not carry' crm providers test SENDGRID --to 70123456 --channel sms
refuse 'what is not set up sends nothing' 3 'not set up' crm providers test TWILIO --to 70123456

key=$(crm providers recovery-key)
check 'the recovery key is one' '69' sh -c 'printf %s "$1" | wc -c' sh "$key"
rm -r config
refuse 'without the key secrets stay closed' 1 'not on this machine' crm providers test SENDGRID --to a@example.com
refuse 'a mistyped one is none' 2 'no recovery key' sh -c 'echo ABCD | "$PROGRAM" providers recover'
check 'the key is taken back' '' sh -c 'echo "$1" | "$PROGRAM" providers recover' sh "$key"
finish
