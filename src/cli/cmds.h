/* The rows of the command table, each defined in its cmd_*.c. */
#ifndef CMDS_H
#define CMDS_H

#include "cli.h"

extern const struct cmd cmd_backup;
extern const struct cmd cmd_backup_list;
extern const struct cmd cmd_campaigns_check;
extern const struct cmd cmd_campaigns_create;
extern const struct cmd cmd_campaigns_delete;
extern const struct cmd cmd_campaigns_duplicate;
extern const struct cmd cmd_campaigns_edit;
extern const struct cmd cmd_campaigns_forecast;
extern const struct cmd cmd_campaigns_launch;
extern const struct cmd cmd_campaigns_list;
extern const struct cmd cmd_campaigns_metrics;
extern const struct cmd cmd_campaigns_pause;
extern const struct cmd cmd_campaigns_preview;
extern const struct cmd cmd_campaigns_resume;
extern const struct cmd cmd_campaigns_show;
extern const struct cmd cmd_campaigns_stop;
extern const struct cmd cmd_company_add;
extern const struct cmd cmd_company_list;
extern const struct cmd cmd_company_set;
extern const struct cmd cmd_daemon;
extern const struct cmd cmd_demo;
extern const struct cmd cmd_customers_add;
extern const struct cmd cmd_customers_distinct;
extern const struct cmd cmd_customers_duplicates;
extern const struct cmd cmd_customers_edit;
extern const struct cmd cmd_customers_export;
extern const struct cmd cmd_customers_list;
extern const struct cmd cmd_customers_merge;
extern const struct cmd cmd_customers_note;
extern const struct cmd cmd_customers_search;
extern const struct cmd cmd_customers_show;
extern const struct cmd cmd_customers_stop;
extern const struct cmd cmd_customers_tag;
extern const struct cmd cmd_customers_untag;
extern const struct cmd cmd_doctor;
extern const struct cmd cmd_export_customers;
extern const struct cmd cmd_export_invoices;
extern const struct cmd cmd_export_payments;
extern const struct cmd cmd_export_tasks;
extern const struct cmd cmd_help;
extern const struct cmd cmd_import_customers;
extern const struct cmd cmd_import_invoices;
extern const struct cmd cmd_import_list;
extern const struct cmd cmd_import_payments;
extern const struct cmd cmd_import_refused;
extern const struct cmd cmd_import_resume;
extern const struct cmd cmd_import_show;
extern const struct cmd cmd_messages_cancel;
extern const struct cmd cmd_messages_list;
extern const struct cmd cmd_messages_resolve;
extern const struct cmd cmd_messages_retry;
extern const struct cmd cmd_messages_show;
extern const struct cmd cmd_providers_limits;
extern const struct cmd cmd_providers_list;
extern const struct cmd cmd_providers_order;
extern const struct cmd cmd_providers_recover;
extern const struct cmd cmd_providers_recovery_key;
extern const struct cmd cmd_providers_set;
extern const struct cmd cmd_providers_show;
extern const struct cmd cmd_providers_test;
extern const struct cmd cmd_receivables;
extern const struct cmd cmd_score;
extern const struct cmd cmd_send;
extern const struct cmd cmd_settings_list;
extern const struct cmd cmd_settings_set;
extern const struct cmd cmd_tasks_add;
extern const struct cmd cmd_tasks_call;
extern const struct cmd cmd_tasks_done;
extern const struct cmd cmd_tasks_edit;
extern const struct cmd cmd_tasks_list;
extern const struct cmd cmd_tasks_outcome;
extern const struct cmd cmd_templates_export;
extern const struct cmd cmd_templates_import;
extern const struct cmd cmd_templates_list;
extern const struct cmd cmd_templates_show;
extern const struct cmd cmd_undo;

/* How a command goes. */
int cmd_help_of(struct cli *cli, const struct cmd *cmd);
/* The commands that begin with this word; all if there are none. */
int cmd_help_family(struct cli *cli, const char *family);
/* "customers list" is of the family "customers". */
bool cmd_in_family(const struct cmd *cmd, const char *family);

#endif
