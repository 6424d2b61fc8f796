#!/bin/sh
# The walls: no layer includes one above it, store and net do not see each
# other, and each library's header has one home.
set -u
cd "${TOP_SRCDIR:?}" || exit 1
bad=0

complain() {
  echo "$1"
  bad=1
}

# headers_of DIR...: the base names of the headers in these folders.
headers_of() {
  for dir in "$@"; do
    [ ! -d "$dir" ] || find "$dir" -name '*.h' -o -name '*.def' | sed 's|.*/||'
  done
}

# no_include FOLDER FORBIDDEN...: no file of the folder includes a header of these.
no_include() {
  folder=$1
  shift
  [ -d "$folder" ] || return 0
  for header in $(headers_of "$@"); do
    found=$(grep -rnE "#include \"([^\"]*/)?$header\"" "$folder")
    [ -z "$found" ] || complain "upward include: $found"
  done
}

# home LIBRARY-HEADER PLACE...: included nowhere in src and ui but there.
home() {
  header=$1
  shift
  found=$(grep -rnE "#include <([^>]*/)?$header>" src ui)
  for place in "$@"; do
    found=$(printf '%s\n' "$found" | grep -v "^$place")
  done
  [ -z "$found" ] || complain "away from home: $found"
}

no_include src/base src/model src/stats src/store src/net src/app src/cli ui
no_include src/model src/stats src/store src/net src/app src/cli ui
no_include src/stats src/store src/net src/app src/cli ui
no_include src/store src/net src/app src/cli ui
no_include src/net src/store src/app src/cli ui
no_include src/app src/cli ui
no_include src/cli src/store src/net ui
no_include ui src/store src/net src/cli
no_include ui/kit src/model src/stats src/app

home sqlite3.h src/store/
home curl.h src/net/
home microhttpd.h src/net/
home curses.h ui/
home ncurses.h ui/
home sodium.h src/base/crypt
home cJSON.h src/base/json
home zip.h src/base/package
home expat.h src/base/xmlread
home xlsxwriter.h src/base/sheet

twice=$(headers_of src ui | sort | uniq -d)
[ -z "$twice" ] || complain "two headers of one name: $twice"
dotted=$(grep -rnE '#include "\.\.?/' src ui)
[ -z "$dotted" ] || complain "include by a path: $dotted"
translated=$(grep -rnwE '_\(|n?gettext\(' src/base src/model src/stats src/store src/app --include=*.c)
[ -z "$translated" ] || complain "a lower layer translates: $translated"
global=$(grep -rnE '^(static )?(int|bool|char|size_t|int64_t|struct [a-z_]+) \*?[a-z_]+( = [^(]*)?;' src ui --include=*.c | grep -v const)
[ -z "$global" ] || echo "for the reader, mutable at file scope: $global"
exit $bad
