# The tests that pull the plug: outages on the disk of support/powercut, failing
# disks, full ones, damaged stores, several programs at once. CRASH_ROUNDS=N in
# the environment makes each N times as long.
CRASH_SUPPORT = tests/support/crash.c tests/support/crash.h \
	tests/support/powercut.c tests/support/powercut.h
DEEDS_SUPPORT = tests/support/deeds.c tests/support/deeds.h
EXTRA_DIST += tests/support/content.sql tests/support/deeds.sh
dist_check_SCRIPTS += \
	tests/crash/full_disk.sh \
	tests/crash/kill_calls.sh \
	tests/crash/kill_random.sh \
	tests/crash/read_only.sh

if HAVE_CMOCKA
check_PROGRAMS += tests/crash/test_bad_disk
tests_crash_test_bad_disk_SOURCES = tests/crash/test_bad_disk.c $(CRASH_SUPPORT)
check_PROGRAMS += tests/crash/test_bad_work
tests_crash_test_bad_work_SOURCES = tests/crash/test_bad_work.c $(CRASH_SUPPORT) $(DEEDS_SUPPORT)
check_PROGRAMS += tests/crash/test_cut_store
tests_crash_test_cut_store_SOURCES = tests/crash/test_cut_store.c $(CRASH_SUPPORT)
check_PROGRAMS += tests/crash/test_cut_work
tests_crash_test_cut_work_SOURCES = tests/crash/test_cut_work.c $(CRASH_SUPPORT) $(DEEDS_SUPPORT)
check_PROGRAMS += tests/crash/test_damage
tests_crash_test_damage_SOURCES = tests/crash/test_damage.c $(CRASH_SUPPORT)
check_PROGRAMS += tests/crash/test_open_race
tests_crash_test_open_race_SOURCES = tests/crash/test_open_race.c $(CRASH_SUPPORT)
check_PROGRAMS += tests/crash/test_powercut
tests_crash_test_powercut_SOURCES = tests/crash/test_powercut.c $(CRASH_SUPPORT)
check_PROGRAMS += tests/crash/test_send_kill
tests_crash_test_send_kill_SOURCES = tests/crash/test_send_kill.c tests/support/with_senders.h \
	$(CRASH_SUPPORT) $(SIM_SUPPORT)
check_PROGRAMS += tests/crash/test_send_together
tests_crash_test_send_together_SOURCES = tests/crash/test_send_together.c \
	tests/support/with_senders.h $(CRASH_SUPPORT) $(SIM_SUPPORT)
check_PROGRAMS += tests/crash/test_send_trouble
tests_crash_test_send_trouble_SOURCES = tests/crash/test_send_trouble.c \
	tests/support/with_senders.h $(CRASH_SUPPORT) $(SIM_SUPPORT)
check_PROGRAMS += tests/crash/test_together
tests_crash_test_together_SOURCES = tests/crash/test_together.c $(CRASH_SUPPORT)
endif
