#!/bin/sh
# HACKING lists every file: each source, statement file, script and test of the
# tree stands there by its name. (Corpora and expected screens do not count.)
set -u
cd "${TOP_SRCDIR:?}" || exit 1
bad=0
words=$(sed 's/[{},]/ /g' HACKING)

for file in $(find src ui data tests build-aux \( -name '*.[ch]' -o -name '*.def' -o -name '*.sql' \
  -o -name '*.sh' -o -name '*.conf' -o -name '*.mk' -o -name '*.awk' \) ! -path '*/corpus/*' | sort); do
  name=$(basename "$file")
  stem=${name%.*}
  case " $words " in
    *[!A-Za-z0-9_]"$stem".*) ;;
    *) echo "not in HACKING: $file"; bad=1 ;;
  esac
done
exit $bad
