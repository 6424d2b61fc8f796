/* Every command, in the order of the help. */
#include "cmds.h"

const struct cmd *const cmd_table[] = {
	&cmd_company_add,
	&cmd_company_list,
	&cmd_company_set,
	&cmd_customers_list,
	&cmd_score,
	&cmd_demo,
	&cmd_doctor,
	&cmd_help,
	NULL,
};
