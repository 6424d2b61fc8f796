#include "actor.h"

const char *origin_word(enum origin origin)
{
	static const char *const words[] = {
		[ORIGIN_SCREEN] = "SCREEN",
		[ORIGIN_COMMAND] = "COMMAND",
		[ORIGIN_DAEMON] = "DAEMON",
	};

	return words[origin];
}
