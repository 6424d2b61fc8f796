#!/bin/sh
# The completion for bash, called as bash calls it.
. "$TOP_SRCDIR/tests/support/lib.sh"
need bash awk

mkdir bin
ln -s "$PROGRAM" bin/ecompta-crm
cat >complete.bash <<'END'
PATH=$PWD/bin:$PATH
compopt() { echo "compopt $*"; }
. "$TOP_SRCDIR/data/completions/ecompta-crm.bash"
COMP_WORDS=(ecompta-crm "$@")
COMP_CWORD=$#
_ecompta_crm
printf '%s\n' "${COMPREPLY[@]}"
END

complete() {
  bash complete.bash "$@"
}

check 'commands by their first word' 'company' complete comp
check 'and their second' 'add
list
set' complete company ''
check 'options of the command' '--language
--low
--lang' complete company set --l
check 'not of another' '' complete company list --cou
check 'choices of an option' 'fr
en' complete company list --lang ''
check 'and their beginnings' 'en' complete company list --lang e
check 'a value that only the user knows' 'compopt -o default' complete company list --store ''
check 'arguments are files, as far as bash knows' 'compopt -o default' complete company add x ''
finish
