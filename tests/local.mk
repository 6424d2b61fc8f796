# Tests: one program a module in tests/unit; its source is named after it, so
# a new one is one line below.
AM_CPPFLAGS = $(COMMON) -iquote $(top_srcdir)/tests/support -iquote $(top_srcdir)/tests/bench $(INC_APP) $(INC_CLI) $(INC_VIEWS) \
	$(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(CJSON_CFLAGS) $(CURSES_CFLAGS) \
	-iquote $(top_srcdir)/tests/ui -DTEST_SRCDIR='"$(abs_top_srcdir)"'

LAYERS = ui/libui.a ui/kit/libkit.a src/cli/libcli.a src/words/libwords.a src/app/libapp.a src/net/libnet.a src/store/libstore.a src/stats/libstats.a src/model/libmodel.a src/base/libbase.a
LDADD = $(LAYERS) $(LIBS_ALL) $(CMOCKA_LIBS)

AM_TESTS_ENVIRONMENT = \
	LC_ALL=C.UTF-8; export LC_ALL; \
	TZ=UTC; export TZ; \
	ECOMPTA_LOCALEDIR=$(abs_top_builddir)/po; export ECOMPTA_LOCALEDIR; \
	PROGRAM=$(abs_top_builddir)/ecompta-crm; export PROGRAM; \
	TOP_SRCDIR=$(abs_top_srcdir); export TOP_SRCDIR;

dist_check_SCRIPTS = \
	tests/check/labels.sh \
	tests/check/actions.sh \
	tests/check/hacking.sh \
	tests/check/layers.sh \
	tests/check/po.sh \
	tests/cli/backup.sh \
	tests/cli/campaigns.sh \
	tests/cli/company.sh \
	tests/cli/demo.sh \
	tests/cli/doctor.sh \
	tests/cli/completion.sh \
	tests/cli/customer.sh \
	tests/cli/customers.sh \
	tests/cli/export.sh \
	tests/cli/import.sh \
	tests/cli/interrupt.sh \
	tests/cli/man.sh \
	tests/cli/purchases.sh \
	tests/cli/receivables.sh \
	tests/cli/messages.sh \
	tests/cli/providers.sh \
	tests/cli/tasks.sh \
	tests/cli/templates.sh \
	tests/cli/undo.sh \
	tests/e2e/contracts.sh \
	tests/e2e/crash_import.sh \
	tests/e2e/crash_send.sh \
	tests/e2e/failover.sh \
	tests/e2e/full_disk.sh \
	tests/e2e/journey_campaign.sh \
	tests/e2e/journey_customers.sh \
	tests/e2e/journey_import.sh \
	tests/e2e/journey_send.sh \
	tests/e2e/journey_terms.sh
TESTS += $(dist_check_SCRIPTS)
EXTRA_DIST += $(srcdir)/tests/fixtures $(wildcard $(srcdir)/tests/support/*.*) $(srcdir)/tests/screens $(wildcard $(srcdir)/tests/ui/*.h) \
	$(wildcard $(srcdir)/tests/bench/*.h) $(wildcard $(srcdir)/tests/crash/*.h)

# Fuzz targets: here over their corpus; tests/fuzz/run gives them to libFuzzer.
check_PROGRAMS += tests/fuzz/fuzz_answers tests/fuzz/fuzz_csv tests/fuzz/fuzz_mime
check_PROGRAMS += tests/fuzz/fuzz_template tests/fuzz/fuzz_xlsx
tests_fuzz_fuzz_answers_SOURCES = tests/fuzz/fuzz_answers.c tests/fuzz/driver.c
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz_csv.c tests/fuzz/driver.c \
	tests/fuzz/check_rows.h tests/fuzz/fuzz_file.h
tests_fuzz_fuzz_mime_SOURCES = tests/fuzz/fuzz_mime.c tests/fuzz/driver.c
tests_fuzz_fuzz_template_SOURCES = tests/fuzz/fuzz_template.c tests/fuzz/driver.c
tests_fuzz_fuzz_xlsx_SOURCES = tests/fuzz/fuzz_xlsx.c tests/fuzz/driver.c \
	tests/fuzz/check_rows.h tests/fuzz/fuzz_file.h
EXTRA_DIST += tests/fuzz/run $(srcdir)/tests/fuzz/corpus

# For programs that send to the stand-in for the providers (tests/support/sim).
SIM_SUPPORT = tests/support/sim_run.c tests/support/sim_run.h \
	tests/support/sim/client.c tests/support/sim/client.h

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_audit
check_PROGRAMS += tests/unit/test_clock
check_PROGRAMS += tests/unit/test_breaker
check_PROGRAMS += tests/unit/test_campaign_rules
check_PROGRAMS += tests/unit/test_cellnum
check_PROGRAMS += tests/unit/test_csv
check_PROGRAMS += tests/unit/test_consent
check_PROGRAMS += tests/unit/test_crypt
check_PROGRAMS += tests/unit/test_customer_page
check_PROGRAMS += tests/unit/test_db
check_PROGRAMS += tests/unit/test_demo
check_PROGRAMS += tests/unit/test_demos
check_PROGRAMS += tests/unit/test_evq
check_PROGRAMS += tests/unit/test_fold
check_PROGRAMS += tests/unit/test_holiday
check_PROGRAMS += tests/unit/test_json
check_PROGRAMS += tests/unit/test_json_out
check_PROGRAMS += tests/unit/test_duplicates
check_PROGRAMS += tests/unit/test_edit
check_PROGRAMS += tests/unit/test_keyin
check_PROGRAMS += tests/unit/test_keymap
check_PROGRAMS += tests/unit/test_layout
check_PROGRAMS += tests/unit/test_lang
check_PROGRAMS += tests/unit/test_list
check_PROGRAMS += tests/unit/test_log
check_PROGRAMS += tests/unit/test_message_rules
check_PROGRAMS += tests/unit/test_money
check_PROGRAMS += tests/unit/test_import_crash
tests_unit_test_import_crash_SOURCES = tests/unit/test_import_crash.c \
	tests/support/crash.c tests/support/crash.h
check_PROGRAMS += tests/unit/test_imports
check_PROGRAMS += tests/unit/test_mapping
check_PROGRAMS += tests/unit/test_mime
check_PROGRAMS += tests/unit/test_provider_judge
check_PROGRAMS += tests/unit/test_provider_mailchimp
check_PROGRAMS += tests/unit/test_provider_sendgrid
check_PROGRAMS += tests/unit/test_provider_sim
tests_unit_test_provider_sim_SOURCES = tests/unit/test_provider_sim.c $(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_provider_twilio
check_PROGRAMS += tests/unit/test_path
check_PROGRAMS += tests/unit/test_provider_file
check_PROGRAMS += tests/unit/test_provider_smtp
check_PROGRAMS += tests/unit/test_rate
check_PROGRAMS += tests/unit/test_provider_mtn
check_PROGRAMS += tests/unit/test_provider_orange
check_PROGRAMS += tests/unit/test_provider_social
check_PROGRAMS += tests/unit/test_provider_whatsapp
check_PROGRAMS += tests/unit/test_receivables
check_PROGRAMS += tests/unit/test_retry
check_PROGRAMS += tests/unit/test_rng
check_PROGRAMS += tests/unit/test_role
check_PROGRAMS += tests/unit/test_route
check_PROGRAMS += tests/unit/test_rules
check_PROGRAMS += tests/unit/test_providers_service
check_PROGRAMS += tests/unit/test_secrets
check_PROGRAMS += tests/unit/test_station
check_PROGRAMS += tests/unit/test_store_consent
check_PROGRAMS += tests/unit/test_store_customer
check_PROGRAMS += tests/unit/test_store_find
check_PROGRAMS += tests/unit/test_send_hours
check_PROGRAMS += tests/unit/test_store_provider
check_PROGRAMS += tests/unit/test_sheet
check_PROGRAMS += tests/unit/test_sim
tests_unit_test_sim_SOURCES = tests/unit/test_sim.c $(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_sms
check_PROGRAMS += tests/unit/test_stop_text
check_PROGRAMS += tests/unit/test_strbuf
check_PROGRAMS += tests/unit/test_system_template
check_PROGRAMS += tests/unit/test_tasks
check_PROGRAMS += tests/unit/test_template
check_PROGRAMS += tests/unit/test_templates
check_PROGRAMS += tests/unit/test_tz
check_PROGRAMS += tests/unit/test_undo
check_PROGRAMS += tests/unit/test_unsubscribe
check_PROGRAMS += tests/unit/test_utf8
check_PROGRAMS += tests/unit/test_wire
tests_unit_test_wire_SOURCES = tests/unit/test_wire.c \
	tests/support/tcp_script.c tests/support/tcp_script.h
check_PROGRAMS += tests/unit/test_word
check_PROGRAMS += tests/unit/test_worker
check_PROGRAMS += tests/unit/test_num
check_PROGRAMS += tests/unit/test_customers
check_PROGRAMS += tests/unit/test_date
check_PROGRAMS += tests/unit/test_exports
check_PROGRAMS += tests/unit/test_facts
check_PROGRAMS += tests/unit/test_percentile
check_PROGRAMS += tests/unit/test_score
check_PROGRAMS += tests/unit/test_scores
check_PROGRAMS += tests/unit/test_messages
tests_unit_test_messages_SOURCES = tests/unit/test_messages.c \
	$(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_campaign_people
check_PROGRAMS += tests/unit/test_campaigns
tests_unit_test_campaigns_SOURCES = tests/unit/test_campaigns.c \
	tests/support/with_audience.h tests/support/with_sender.h $(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_launch
tests_unit_test_launch_SOURCES = tests/unit/test_launch.c \
	tests/support/with_audience.h tests/support/with_sender.h $(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_provider_test
tests_unit_test_provider_test_SOURCES = tests/unit/test_provider_test.c \
	$(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_sender
tests_unit_test_sender_SOURCES = tests/unit/test_sender.c \
	$(SIM_SUPPORT)
check_PROGRAMS += tests/unit/test_settle
check_PROGRAMS += tests/unit/test_country
check_PROGRAMS += tests/unit/test_email
check_PROGRAMS += tests/unit/test_phone
check_PROGRAMS += tests/unit/test_xlsx

# Screens: on a terminal of any size over /dev/null, cells compared with tests/screens.
check_LIBRARIES = tests/support/libscreen.a
tests_support_libscreen_a_SOURCES = \
	tests/support/office.c \
	tests/support/office.h \
	tests/support/office_campaign.h \
	tests/support/screen.c \
	tests/support/screen.h \
	tests/ui/toy.c \
	tests/ui/toy.h
SCREEN_LDADD = tests/support/libscreen.a $(LDADD)

check_PROGRAMS += tests/ui/test_campaign_builder
check_PROGRAMS += tests/ui/test_campaign_view
check_PROGRAMS += tests/ui/test_campaigns_view
check_PROGRAMS += tests/ui/test_customer
check_PROGRAMS += tests/ui/test_customers
check_PROGRAMS += tests/ui/test_deeds
check_PROGRAMS += tests/ui/test_imports_view
check_PROGRAMS += tests/ui/test_duplicates_view
check_PROGRAMS += tests/ui/test_home
check_PROGRAMS += tests/ui/test_list
check_PROGRAMS += tests/ui/test_outbox_view
check_PROGRAMS += tests/ui/test_pace
check_PROGRAMS += tests/ui/test_page
check_PROGRAMS += tests/ui/test_providers_view
check_PROGRAMS += tests/ui/test_rules_view
check_PROGRAMS += tests/ui/test_loop
check_PROGRAMS += tests/ui/test_templates_view
check_PROGRAMS += tests/ui/test_settings
check_PROGRAMS += tests/ui/test_widgets
check_PROGRAMS += tests/bench/ui_bytes
tests_bench_ui_bytes_LDADD = $(SCREEN_LDADD)
tests_ui_test_campaign_builder_LDADD = $(SCREEN_LDADD)
tests_ui_test_campaign_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_campaigns_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_customer_LDADD = $(SCREEN_LDADD)
tests_ui_test_deeds_LDADD = $(SCREEN_LDADD)
tests_ui_test_customers_LDADD = $(SCREEN_LDADD)
tests_ui_test_imports_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_duplicates_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_home_LDADD = $(SCREEN_LDADD)
tests_ui_test_settings_LDADD = $(SCREEN_LDADD)
tests_ui_test_list_LDADD = $(SCREEN_LDADD)
tests_ui_test_outbox_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_templates_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_page_LDADD = $(SCREEN_LDADD)
tests_ui_test_providers_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_rules_view_LDADD = $(SCREEN_LDADD)
tests_ui_test_loop_LDADD = $(SCREEN_LDADD)
tests_ui_test_widgets_LDADD = $(SCREEN_LDADD)
check_PROGRAMS += tests/unit/test_filter
check_PROGRAMS += tests/unit/test_likeness
endif

# Measurements: not built or run by anything but `make bench`. More customers:
# make bench BENCH_FLAGS="--customers 1000000".
BENCHES = tests/bench/bench_import tests/bench/bench_list tests/bench/bench_search \
	tests/bench/bench_scores tests/bench/bench_ui
if HAVE_CMOCKA
BENCHES += tests/bench/bench_send tests/bench/bench_campaign_ui
endif
EXTRA_PROGRAMS += $(BENCHES)
BENCH_FLAGS =
BENCH_COMMON = tests/bench/bench.c tests/bench/bench.h
GUEST = tests/bench/guest.c tests/bench/guest.h

tests_bench_bench_campaign_ui_SOURCES = tests/bench/bench_campaign_ui.c $(GUEST) $(BENCH_COMMON) $(SIM_SUPPORT)
tests_bench_bench_import_SOURCES = tests/bench/bench_import.c $(BENCH_COMMON)
tests_bench_bench_list_SOURCES = tests/bench/bench_list.c $(BENCH_COMMON)
tests_bench_bench_search_SOURCES = tests/bench/bench_search.c $(BENCH_COMMON)
tests_bench_bench_scores_SOURCES = tests/bench/bench_scores.c $(BENCH_COMMON)
tests_bench_bench_send_SOURCES = tests/bench/bench_send.c $(BENCH_COMMON) $(SIM_SUPPORT)
tests_bench_bench_ui_SOURCES = tests/bench/bench_ui.c $(GUEST) $(BENCH_COMMON)

bench: $(BENCHES) ecompta-crm$(EXEEXT) tests/support/sim/sim$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) for b in $(BENCHES); do ./$$b $(BENCH_FLAGS) || exit 1; done
.PHONY: bench
CLEANFILES += $(BENCHES)
