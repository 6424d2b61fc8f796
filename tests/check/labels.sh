#!/bin/sh
# Short texts fit where they stand at 80x24, in English and in French: the title
# of a column its narrowest width, what an action is called its place in the key line.
set -u
cd "${TOP_SRCDIR:?}" || exit 99
command -v gettext >/dev/null || { echo "skipped: gettext is not installed"; exit 77; }
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
LC_ALL=C.UTF-8
TEXTDOMAINDIR=${ECOMPTA_LOCALEDIR:?}
export LC_ALL TEXTDOMAINDIR
KEY_LINE=16

# Lines "file <tab> width <tab> title" of the tables of columns.
awk '
  /struct table_col .*\[.*= \{/ { inside = 1; text = ""; next }
  inside && /^};/ { inside = 0 }
  inside { text = text " " $0 }
  inside && /\},?$/ {
    if (match(text, /\.title = N_\("[^"]*"\)/)) {
      title = substr(text, RSTART + 13, RLENGTH - 15)
      if (match(text, /\.min = [0-9]+/))
        print FILENAME "\t" substr(text, RSTART + 7, RLENGTH - 7) "\t" title
    }
    text = ""
  }' ui/views/*.c >"$dir/labels"
[ "$(wc -l <"$dir/labels")" -ge 40 ] || { echo "the tables of columns are no longer understood"; exit 1; }

# And the same of the names of actions.
{
  sed -n 's/^ACTION_([A-Z_0-9]*, "[^"]*", N_("\([^"]*\)").*/ui\/actions.def	\1/p' ui/actions.def
  grep -oE '\{ ACT_[A-Z_]+, N_\("[^"]*"\)' ui/views/*.c | sed 's/:{ .*N_("\(.*\)")/	\1/'
} | sed "s/	/	$KEY_LINE	/" >>"$dir/labels"

# Titles of amounts have the currency behind them.
cells() {
  case $2 in
    Overdue | Invoiced | Total | Owed | Amount) unit=$3 ;;
    *) unit= ;;
  esac
  printf '%s%s' "$1" "$unit" | wc -m
}

[ "$(LANGUAGE=fr gettext -d ecompta-crm Customers)" = Clients ] ||
  { echo "no French in $TEXTDOMAINDIR"; exit 1; }
tab=$(printf '\t')
while IFS=$tab read -r file width text; do
  french=$(LANGUAGE=fr gettext -d ecompta-crm "$text")
  [ "$(cells "$text" "$text" ' XOF')" -le "$width" ] ||
    echo "$file: “$text” is wider than $width cells"
  [ "$(cells "$french" "$text" ' F CFA')" -le "$width" ] ||
    echo "$file: “$text” is wider than $width cells in French: “$french”"
done <"$dir/labels" >"$dir/wide"
cat "$dir/wide"
[ ! -s "$dir/wide" ] && echo "$(wc -l <"$dir/labels") titles and names fit"
