/* Every command, in the order of the help. */
#include "cmds.h"

const struct cmd *const cmd_table[] = {
	&cmd_company_add,
	&cmd_company_list,
	&cmd_company_set,
	&cmd_customers_list,
	&cmd_tasks_list,
	&cmd_tasks_add,
	&cmd_tasks_edit,
	&cmd_tasks_done,
	&cmd_tasks_outcome,
	&cmd_tasks_call,
	&cmd_import_customers,
	&cmd_import_invoices,
	&cmd_import_payments,
	&cmd_import_resume,
	&cmd_import_list,
	&cmd_import_show,
	&cmd_undo,
	&cmd_score,
	&cmd_demo,
	&cmd_backup,
	&cmd_backup_list,
	&cmd_doctor,
	&cmd_help,
	NULL,
};
