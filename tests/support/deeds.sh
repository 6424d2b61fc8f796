# For tests that interrupt the program: exports to import, what is done with
# them, and whether the store is as if nothing had happened. After lib.sh.
#
#   deeds_prepare        base.db: old customers and their invoices
#   deed DEED            does it, or goes on with it; see the list below
#   content              everything in the store, whatever the ids
#   whole NAME           sound, counters as counted; a line if not

DEEDS='customers invoices score undo'

# Lines of an export: FIRST COUNT CITY.
customer_lines() {
  awk -v first="$1" -v n="$2" -v city="$3" 'BEGIN {
    for (i = first; i < first + n; i++)
      if (i % 29 == 28) printf "C%d;;Sans nom;;;%s;;\n", i, city
      else printf "C%d;Ouédraogo %d;Awa;c%d@faso.bf;7%07d;%s;%s;%s\n", i, i, i, i, city,
        (i % 3 ? "oui" : ""), (i % 7 ? "" : "non") }'
}

# Invoices: SERIES COUNT CUSTOMERS.
invoice_lines() {
  awk -v series="$1" -v n="$2" -v customers="$3" 'BEGIN {
    for (i = 0; i < n; i++)
      printf "C%d;Ouédraogo;%s%d;2026-%02d-%02d;2026-12-31;%d\n", i * 7 % customers, series, i,
        1 + i % 10, 1 + i % 28, 25000 + i * 1250 }'
}

deeds_exports() { # OLD NEW INVOICES
  head='Code client;Nom;Prénom;E-mail;Téléphone;Ville;Accord e-mail;Accord SMS'
  { echo "$head"; customer_lines 0 "$1" Koudougou; } >old.csv
  { echo "$head"; customer_lines "$(($1 / 2))" "$2" Bobo-Dioulasso; } >customers.csv
  head='Code client;Client;Numéro;Date;Échéance;Total TTC'
  { echo "$head"; invoice_lines S "$1" "$1"; } >first.csv
  { echo "$head"; invoice_lines F "$3" "$(($1 + $2))"; } >invoices.csv
}

# The program's answers go to the file answers; 4: some lines were refused.
quietly() {
  crm "$@" >>answers 2>&1
  code=$?
  [ $code -ne 4 ] || code=0
  return $code
}

deeds_prepare() { # OLD NEW INVOICES
  deeds_exports "$@"
  quietly company add 'Sahel Négoce SARL' && quietly import customers old.csv &&
    quietly import invoices --create-customers first.csv || return 1
  keep base
  quietly import invoices --create-customers invoices.csv || return 1
  keep with
}

keep() { # NAME: the store as it is now
  cp "$ECOMPTA_STORE" "$1.db"
}

bring() { # DEED: the store as it is before it
  rm -f "$ECOMPTA_STORE" "$ECOMPTA_STORE-wal" "$ECOMPTA_STORE-shm"
  case $1 in
    undo) cp with.db "$ECOMPTA_STORE" ;;
    *) cp base.db "$ECOMPTA_STORE" ;;
  esac
}

# The command of a deed, after a prefix that runs it (strace, timeout).
run_deed() { # DEED [PREFIX...]
  work=$1
  shift
  case $work in
    customers) "$@" "$PROGRAM" import customers customers.csv ;;
    invoices) "$@" "$PROGRAM" import invoices --create-customers invoices.csv ;;
    score) ECOMPTA_NOW=2027-06-05T10:42:00Z "$@" "$PROGRAM" score --all ;;
    undo) "$@" "$PROGRAM" undo "$(sql 'SELECT max(id) FROM import_run')" ;;
  esac >>answers 2>&1
}

# What is left to do of a deed that was interrupted; a file is imported again or the
# import resumed, by turns.
finish_deed() { # DEED TURN
  last=$(sql 'SELECT status FROM import_run ORDER BY id DESC LIMIT 1')
  runs=$(sql 'SELECT count(*) FROM import_run')
  case $1 in
    customers | invoices)
      if [ "$runs" -lt 3 ]; then
        run_deed "$1"
      elif [ "$last" = RUNNING ] && [ $(($2 % 2)) = 0 ]; then
        quietly import resume
      elif [ "$last" = RUNNING ]; then
        run_deed "$1"
      fi ;;
    score) run_deed score ;;
    undo) [ "$last" = UNDONE ] || run_deed undo ;;
  esac
  code=$?
  [ $code -ne 4 ] || code=0
  return $code
}

content() {
  sqlite3 "$ECOMPTA_STORE" <"$TOP_SRCDIR/tests/support/content.sql"
}

# At any moment.
whole() {
  found=$(sql "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok';
    SELECT 'no parent', * FROM pragma_foreign_key_check;
    SELECT 'counter of customers', value FROM counter
      WHERE name = 'customers' AND value <> (SELECT count(*) FROM customer);
    SELECT 'counter of segments' WHERE (SELECT count(*) FROM customer)
      <> (SELECT sum(value) FROM counter WHERE name LIKE 'segment.%');
    SELECT 'position' FROM import_run WHERE status = 'RUNNING'
      AND position <> created + changed + unchanged + refused;" 2>&1)
  [ -z "$found" ] || fail "$1" "$found"
}

# After the deed.
settled() { # DEED NAME
  case $1 in
    score) ECOMPTA_NOW=2027-06-05T10:42:00Z crm doctor >doctor.txt 2>&1 ;;
    *) crm doctor >doctor.txt 2>&1 ;;
  esac || fail "$2: doctor" "$(cat doctor.txt)"
  content >content.txt
  cmp -s content.txt "content.$1" || fail "$2: content" "$(diff "content.$1" content.txt | head -5)"
}

# What each deed comes to where nothing happens.
deeds_expect() {
  for work in $DEEDS; do
    bring "$work"
    finish_deed "$work" 0 || { fail "$work cannot be done at all" "$(tail -3 answers)"; return 1; }
    content >"content.$work"
    settled "$work" "$work"
  done
}
