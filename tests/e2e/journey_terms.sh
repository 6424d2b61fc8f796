#!/bin/sh
# The terminals people have: the list is read, a record opens, help is there and
# the program leaves the terminal, whatever TERM announces.
. "$TOP_SRCDIR/tests/support/lib.sh"
. "$TOP_SRCDIR/tests/support/journey.sh"

crm demo --customers 300 --seed 2 --quiet || fail 'the demo is made'

for term in xterm xterm-256color screen-256color linux vt100; do
  journey fr 80 24 $term
  sees "$term: the first screen" 'Accueil ·'
  keys 2
  sees "$term: the list" 'Clients · tous · 300'
  keys Enter
  sees "$term: a record" 'Délai de paiement'
  keys '?'
  sees "$term: help" 'Cet écran'
  keys Escape
  sees "$term: the record again" 'calculé le'
  keys q
  sees "$term: the list again" 'Entrée Fiche'
  keys q
  in_time gone "$PANE" || fail "$term: q leaves"
  $TERMINAL kill-server
  sleep 1 # tmux is a moment at it
done
finish
