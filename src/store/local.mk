# src/store: the only code that knows SQLite.
noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_CPPFLAGS = $(COMMON) $(INC_STORE) $(SQLITE_CFLAGS)
src_store_libstore_a_SOURCES = \
	src/store/db.c \
	src/store/db.h \
	src/store/db_file.c \
	src/store/db_private.h \
	src/store/list_source.c \
	src/store/list_source.h \
	src/store/migrate.c \
	src/store/migrate.h \
	src/store/score_row.h \
	src/store/search_entry.c \
	src/store/search_entry.h \
	src/store/segment_sql.c \
	src/store/segment_sql.h \
	src/store/stmt.c \
	src/store/stmt.h \
	src/store/store_audience.c \
	src/store/store_audience.h \
	src/store/store_audit.c \
	src/store/store_audit.h \
	src/store/store_backup.c \
	src/store/store_backup.h \
	src/store/store_campaign.c \
	src/store/store_campaign.h \
	src/store/store_company.c \
	src/store/store_company.h \
	src/store/store_consent.c \
	src/store/store_consent.h \
	src/store/store_contact.c \
	src/store/store_contact.h \
	src/store/store_counter.c \
	src/store/store_counter.h \
	src/store/store_customer.c \
	src/store/store_customer.h \
	src/store/store_demo.c \
	src/store/store_demo.h \
	src/store/store_doctor.c \
	src/store/store_doctor.h \
	src/store/store_duplicate.c \
	src/store/store_duplicate.h \
	src/store/store_find.c \
	src/store/store_find.h \
	src/store/store_holiday.c \
	src/store/store_holiday.h \
	src/store/store_import.c \
	src/store/store_import.h \
	src/store/store_invoice.c \
	src/store/store_invoice.h \
	src/store/store_journal.c \
	src/store/store_journal.h \
	src/store/store_lease.c \
	src/store/store_lease.h \
	src/store/store_list.c \
	src/store/store_list.h \
	src/store/store_message.c \
	src/store/store_message.h \
	src/store/store_queue.c \
	src/store/store_queue.h \
	src/store/store_provider.c \
	src/store/store_provider.h \
	src/store/store_demo.c \
	src/store/store_demo.h \
	src/store/store_doctor.c \
	src/store/store_doctor.h \
	src/store/store_rebuild.c \
	src/store/store_rebuild.h \
	src/store/store_ruler.c \
	src/store/store_ruler.h \
	src/store/store_score.c \
	src/store/store_score.h \
	src/store/store_scratch.c \
	src/store/store_scratch.h \
	src/store/store_search.c \
	src/store/store_search.h \
	src/store/store_shelf.c \
	src/store/store_shelf.h \
	src/store/store_task.c \
	src/store/store_task.h \
	src/store/store_template.c \
	src/store/store_template.h \
	src/store/store_tombstone.c \
	src/store/store_tombstone.h

nodist_src_store_libstore_a_SOURCES = \
	src/store/sql_ids.h \
	src/store/sql_table.c

# Statements and migrations live in data/ as SQL; awk turns them into tables.
SQL_FILES = $(sort $(wildcard $(top_srcdir)/data/sql/*.sql))
SCHEMA_FILES = $(sort $(wildcard $(top_srcdir)/data/schema/*.sql))
EXTRA_DIST += build-aux/sql.awk data/sql data/schema

src/store/sql_ids.h: $(SQL_FILES) build-aux/sql.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && { \
	printf '/* Made from data/sql. */\n#ifndef SQL_IDS_H\n#define SQL_IDS_H\nenum sql_id {\n'; \
	LC_ALL=C $(AWK) -v mode=enum -f $(top_srcdir)/build-aux/sql.awk $(SQL_FILES); \
	printf '\tSQL_COUNT\n};\n#endif\n'; } > $@.tmp && mv $@.tmp $@

src/store/sql_table.c: $(SQL_FILES) $(SCHEMA_FILES) build-aux/sql.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && { \
	printf '/* Made from data/sql and data/schema. */\n#include "stmt.h"\n#include "migrate.h"\n'; \
	printf 'const struct sql_text sql_table[SQL_COUNT] = {\n'; \
	LC_ALL=C $(AWK) -v mode=table -f $(top_srcdir)/build-aux/sql.awk $(SQL_FILES); \
	printf '};\nconst struct migration migrations[] = {\n'; \
	LC_ALL=C $(AWK) -v mode=schema -f $(top_srcdir)/build-aux/sql.awk $(SCHEMA_FILES); \
	printf '\t{ 0, NULL, NULL }\n};\n'; } > $@.tmp && mv $@.tmp $@

BUILT_SOURCES += src/store/sql_ids.h
CLEANFILES += src/store/sql_ids.h src/store/sql_table.c
