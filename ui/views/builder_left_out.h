/*
 * The people whom a draft would leave out for one reason. They are looked for beside the
 * screens; the first WHOLE_MOST are shown. Main thread.
 */
#ifndef BUILDER_LEFT_OUT_H
#define BUILDER_LEFT_OUT_H

#include "view.h"

/* `arg` is a struct left_out_show. */
extern const struct view_ops builder_left_out_view;

struct left_out_show {
	int64_t campaign_id;
	int reason; /* enum message_reason */
};

#endif
