/* Every command, in the order of the help. */
#include "cmds.h"

const struct cmd *const cmd_table[] = {
	&cmd_help,
	NULL,
};
