#include "import_run.h"

static const struct word statuses[IMPORT_STATUSES] = {
	[IMPORT_RUNNING] = { "RUNNING", N_("Cut short") },
	[IMPORT_DONE] = { "DONE", N_("Done") },
	[IMPORT_UNDOING] = { "UNDOING", N_("Undo cut short") },
	[IMPORT_UNDONE] = { "UNDONE", N_("Undone") },
};

WORD_FUNCTIONS(import_status, statuses)
