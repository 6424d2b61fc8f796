# src/app: services, one call is one thing a person means.
noinst_LIBRARIES += src/app/libapp.a
src_app_libapp_a_CPPFLAGS = $(COMMON) $(INC_APP)
src_app_libapp_a_SOURCES = \
	src/app/backup.c \
	src/app/backup.h \
	src/app/companies.c \
	src/app/companies.h \
	src/app/customer_list.c \
	src/app/customer_list.h \
	src/app/customer_ref.c \
	src/app/customer_ref.h \
	src/app/demos.c \
	src/app/demos.h \
	src/app/exports.c \
	src/app/exports.h \
	src/app/exports_columns.c \
	src/app/exports_private.h \
	src/app/exports_refused.c \
	src/app/imports.c \
	src/app/imports.h \
	src/app/imports_analyse.c \
	src/app/imports_cells.c \
	src/app/imports_law.c \
	src/app/imports_options.c \
	src/app/imports_private.h \
	src/app/imports_rows_customer.c \
	src/app/imports_rows_invoice.c \
	src/app/imports_rows_payment.c \
	src/app/imports_run.c \
	src/app/lease.c \
	src/app/lease.h \
	src/app/doctor.c \
	src/app/doctor.def \
	src/app/doctor.h \
	src/app/prefs.c \
	src/app/prefs.h \
	src/app/rating.c \
	src/app/rating.h \
	src/app/receivables.c \
	src/app/receivables.h \
	src/app/rebuild.c \
	src/app/rebuild.h \
	src/app/scores.c \
	src/app/scores.h \
	src/app/scores_run.c \
	src/app/scores_run.h \
	src/app/session.c \
	src/app/session.h \
	src/app/tasks.c \
	src/app/tasks.h \
	src/app/undo.c \
	src/app/undo.h \
	src/app/undo_rows.c \
	src/app/undo_rows.h
