#include "actions.h"

#include "i18n.h"

const struct action actions[ACT_COUNT] = {
#define ACTION_(id, name, label, help, needs) [ACT_##id] = { name, label, help, needs },
#include "actions.def"
#undef ACTION_
};
