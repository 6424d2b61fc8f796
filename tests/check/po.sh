#!/bin/sh
# The French is whole: every text of the source is in po/fr.po and translated,
# none is left over, directives agree, and the typography is French.
set -u
cd "${TOP_SRCDIR:?}" || exit 99
for tool in xgettext msgmerge msgfmt msgattrib; do
  command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
nbsp=$(printf '\302\240')

# tell 'what is wrong' <its lines
tell() {
  sed 's/^/    /' >"$dir/lines"
  [ -s "$dir/lines" ] || return 0
  echo "$1"
  cat "$dir/lines"
  : >"$dir/bad"
}

# The texts that follow `$1`, one a line, without their quotes.
texts() {
  sed -n "/^$1\"/{s/^[^\"]*\"//;s/\"\$//;/./p}"
}

find src ui -name '*.[ch]' -o -name '*.def' | sort |
  xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
    -f - -o "$dir/source.pot" 2>"$dir/said" || { cat "$dir/said"; exit 99; }
msgmerge -q --no-fuzzy-matching --no-wrap -o "$dir/merged.po" po/fr.po "$dir/source.pot" ||
  exit 99

msgattrib --no-obsolete --untranslated --no-wrap "$dir/merged.po" | texts 'msgid ' |
  tell 'not in French yet (make update-po, then po/fr.po):'
msgattrib --no-obsolete --only-fuzzy --no-wrap po/fr.po | texts 'msgid ' |
  tell 'guessed, not translated:'
msgattrib --only-obsolete --no-wrap "$dir/merged.po" | texts '#~ msgid ' |
  tell 'texts that the source no longer has (make update-po):'
msgfmt -c -o /dev/null po/fr.po 2>"$dir/said" || tell 'msgfmt -c:' <"$dir/said"

# As it is printed, with ~ for a no-break space, which belongs before : ; ! ? %
# and inside quotation marks. "14:30" has none.
msgattrib --no-obsolete --no-wrap po/fr.po | sed '1,/^$/d' |
  awk '/^msg/ { french = /^msgstr/ } french && /^(msgstr|")/ { sub(/^[^"]*/, ""); print }' |
  sed "s/~/-/g; s/$nbsp/~/g; s/\\\\n/ /g" >"$dir/french"
grep -E ' [;:!?»]|« | %([^-+.*0-9a-zA-Z]|$)' "$dir/french" |
  tell 'a plain space, where the line may break:'
grep -E '[[:alnum:])»][;!?:]( |"$)|(^|[^=0-9])[0-9]+%|«[^~]|[^~]»' "$dir/french" |
  tell 'a sign without its no-break space:'
grep -E '[“”‘’]' "$dir/french" | tell 'quotation marks or apostrophes that are not ours:'
[ -e "$dir/bad" ] && exit 1
echo "fr.po is whole: $(msgfmt --statistics -o /dev/null po/fr.po 2>&1)"
