#!/bin/sh
# Every action can be reached: it has a key in data/keys.conf, from which help
# and key line are made, and a name and a help text by which the palette finds it.
set -u
cd "${TOP_SRCDIR:?}" || exit 1
bad=0

# One is for the palette alone: :suspend.
for name in $(sed -n 's/^ACTION_([A-Z_0-9]*, *"\([^"]*\)".*/\1/p' ui/actions.def); do
  [ "$name" = suspend ] || grep -qE "^[^#]*\b$name\b" data/keys.conf || { echo "no key: $name"; bad=1; }
done
nameless=$(grep -nE 'ACTION_\(' ui/actions.def | grep -vE '"[a-z0-9-]+", N_\("[^"]+"\), *N_\("[^"]+"\)|^[0-9]+: \*|^[0-9]+:/\*' | grep -E 'ACTION_\([A-Z_0-9]+, "[^"]*", N_\(""\)')
[ -z "$nameless" ] || { echo "without a text: $nameless"; bad=1; }
exit $bad
