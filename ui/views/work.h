/* Work that takes long and belongs to no screen: recalculating all scores. */
#ifndef WORK_H
#define WORK_H

#include "desk.h"

unsigned work_scores(struct desk *d);

#endif
