# For shell tests: a sandbox, a store of their own, and checks that say what
# they compared. Use: . "$TOP_SRCDIR/tests/support/lib.sh"
#
#   check 'name of what must hold' 'expected output' command args...
#   refuse 'name' EXIT 'part of the message' command args...

set -u
SANDBOX=$(mktemp -d "${TMPDIR:-/tmp}/ecompta.XXXXXX") || exit 99
trap 'rm -rf "$SANDBOX"' EXIT
HOME=$SANDBOX/home
XDG_DATA_HOME=$HOME/data XDG_STATE_HOME=$HOME/state XDG_CONFIG_HOME=$HOME/config
ECOMPTA_STORE=$SANDBOX/store.db
ECOMPTA_NOW=2026-11-17T10:42:00Z
export HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME ECOMPTA_STORE ECOMPTA_NOW
unset ECOMPTA_COMPANY LANGUAGE LANG NO_COLOR
mkdir -p "$HOME"
cd "$SANDBOX" || exit 99

failures=0

crm() {
  "${PROGRAM:?}" "$@"
}

fail() {
  echo "not ok: $1"
  shift
  [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/    /'
  failures=$((failures + 1))
}

# The command's output (both streams) is exactly what was expected, and it succeeds.
check() {
  name=$1 expected=$2
  shift 2
  actual=$("$@" 2>&1)
  code=$?
  if [ $code -ne 0 ]; then
    fail "$name" "exit code $code" "$actual"
  elif [ "$actual" != "$expected" ]; then
    fail "$name" "expected: $expected" "actual:   $actual"
  else
    echo "ok: $name"
  fi
}

# The command ends with this exit code and says this on the way.
refuse() {
  name=$1 expected=$2 part=$3
  shift 3
  actual=$("$@" 2>&1)
  code=$?
  case $actual in
    *"$part"*) said=1 ;;
    *) said=0 ;;
  esac
  if [ $code -ne "$expected" ] || [ $said = 0 ]; then
    fail "$name" "expected exit code $expected and: $part" "exit code $code: $actual"
  else
    echo "ok: $name"
  fi
}

# Asks the store itself; in whole rows, columns separated by |.
sql() {
  sqlite3 "$ECOMPTA_STORE" "$1"
}

need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: $tool is not installed"; exit 77; }
  done
}

# Ends the test.
finish() {
  [ $failures -eq 0 ] || { echo "$failures not ok"; exit 1; }
  exit 0
}
