#!/bin/sh
# The man page as it is made: no warning of the formatters, every command in it.
. "$TOP_SRCDIR/tests/support/lib.sh"

page=${PROGRAM%/*}/data/ecompta-crm.1
[ -f "$page" ] || { echo "skipped: $page is not built"; exit 77; }

crm help --words | cut -f 1 >commands.txt
while read -r command; do
  grep -qF ".SS \"$(printf '%s' "$command" | sed 's/-/\\-/g')" "$page" || fail "the man page has “$command”"
done <commands.txt
check 'no placeholder is left' '0' sh -c 'grep -c "@[A-Z]*@" "$1" || true' sh "$page"
if command -v mandoc >/dev/null; then
  check 'mandoc has nothing to say' '' mandoc -Tlint -Wwarning "$page"
fi
if command -v groff >/dev/null; then
  check 'groff has nothing to say' '' sh -c 'groff -Kutf8 -man -ww -Tutf8 -z "$1"' sh "$page"
fi
finish
