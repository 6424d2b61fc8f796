# src/cli: the command line, one cmd_*.c a family of commands.
noinst_LIBRARIES += src/cli/libcli.a
src_cli_libcli_a_CPPFLAGS = $(COMMON) $(INC_CLI)
src_cli_libcli_a_SOURCES = \
	src/cli/campaign_args.c \
	src/cli/campaign_args.h \
	src/cli/cli.c \
	src/cli/cli.h \
	src/cli/cli_progress.c \
	src/cli/cli_secret.c \
	src/cli/cli_secret.h \
	src/cli/cli_value.c \
	src/cli/cli_value.h \
	src/cli/cli_columns.c \
	src/cli/cli_filter.c \
	src/cli/cli_filter.h \
	src/cli/cmd_backup.c \
	src/cli/cmd_campaign_edit.c \
	src/cli/cmd_campaign_tell.c \
	src/cli/cmd_campaigns.c \
	src/cli/cmd_company.c \
	src/cli/cmd_demo.c \
	src/cli/cmd_customer_edit.c \
	src/cli/cmd_customer_show.c \
	src/cli/cmd_customers.c \
	src/cli/cmd_doctor.c \
	src/cli/cmd_duplicates.c \
	src/cli/cmd_export.c \
	src/cli/cmd_help.c \
	src/cli/cmd_import.c \
	src/cli/cmd_imports.c \
	src/cli/cmd_messages.c \
	src/cli/cmd_providers.c \
	src/cli/cmd_receivables.c \
	src/cli/cmd_score.c \
	src/cli/cmd_send.c \
	src/cli/cmd_settings.c \
	src/cli/cmd_table.c \
	src/cli/cmd_tasks.c \
	src/cli/cmd_templates.c \
	src/cli/cmd_undo.c \
	src/cli/cmds.h \
	src/cli/daemon.c \
	src/cli/duplicate_tell.c \
	src/cli/duplicate_tell.h \
	src/cli/help_man.c \
	src/cli/help_terms.h \
	src/cli/import_tell.c \
	src/cli/import_tell.h \
	src/cli/out.c \
	src/cli/out.h \
	src/cli/out_doc.c \
	src/cli/out_doc.h \
	src/cli/score_tell.c \
	src/cli/score_tell.h \
	src/cli/sight.c \
	src/cli/sight.h
