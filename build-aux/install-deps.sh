#!/bin/sh
# Installs what the build needs, where it is missing (Debian and its kin).
# Given "tests", also what the tests need.
set -e

libs='ncursesw sqlite3 libcjson libsodium libzip expat xlsxwriter libcurl'
packages='gcc make autoconf automake pkg-config gettext libncurses-dev libsqlite3-dev
  libcjson-dev libsodium-dev libzip-dev libexpat1-dev libxlsxwriter-dev libcurl4-openssl-dev
  tzdata'
tools='cc make autoconf automake pkg-config msgfmt xgettext'
if [ "$1" = tests ]; then
  libs="$libs cmocka libmicrohttpd"
  tools="$tools openssl tmux sqlite3 strace zip clang git"
  packages="$packages libcmocka-dev libmicrohttpd-dev openssl tmux sqlite3 strace zip clang libclang-rt-dev git mandoc"
fi

missing() {
  for tool in $tools; do
    command -v "$tool" >/dev/null 2>&1 || return 0
  done
  for lib in $libs; do
    pkg-config --exists "$lib" || return 0
  done
  [ -d /usr/share/zoneinfo/Africa ] || return 0
  return 1
}

missing || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Please install: $packages (see README for other systems)." >&2
  exit 1
fi
root=
[ "$(id -u)" = 0 ] || root=sudo
echo "Installing what the build needs..." >&2
$root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $packages >&2
