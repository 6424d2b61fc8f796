#!/bin/sh
# Adds up what the test programs said in their logs: automake keeps cmocka's
# lines there. A script counts as one test. Fails if anything failed.
cd "$1" || exit 1
passed=0 failed=0 skipped=0


for result in $(find tests -name '*.trs' | LC_ALL=C sort); do
  log=${result%.trs}.log
  outcome=$(sed -n 's/^:test-result: *//p' "$result")
  name=${result#tests/}
  if grep -q '^\[==========\].* test(s) run' "$log"; then
    n=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1/p' "$log" | awk '{ s += $1 } END { print s + 0 }')
    f=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test(s), listed below:$/\1/p' "$log" | awk '{ s += $1 } END { print s + 0 }')
    s=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test(s), listed below:$/\1/p' "$log" | awk '{ s += $1 } END { print s + 0 }')
    passed=$((passed + n)) failed=$((failed + f)) skipped=$((skipped + s))
    # A crash after the last test, or a leak, fails without a failed test.
    [ "$outcome" = PASS ] || [ "$f" -gt 0 ] || failed=$((failed + 1))
  else
    case $outcome in
      PASS) passed=$((passed + 1)) ;;
      SKIP) skipped=$((skipped + 1)); echo "skipped: ${name%.trs}: $(grep -v '^SKIP' "$log" | tail -n 1)" ;;
      *) failed=$((failed + 1)) ;;
    esac
  fi
  case $outcome in
    PASS | SKIP) ;;
    *) echo "failed: ${name%.trs}"; tail -n 40 "$log" ;;
  esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
