/* What the workers of the screens tell them, as evq.h's `kind`. */
#ifndef DESK_EVENT_H
#define DESK_EVENT_H

enum desk_event {
	EV_READ = 1, /* a question was answered: id is its serial */
	EV_JOB,	     /* work goes on: id is the job's, a of b are done */
	EV_JOB_END,  /* it ended */
	EV_CHANGED,  /* to the screens only: the store was written to by another */
	EV_COMPANY,  /* to the screens only: another company, or its settings, or a language */
};

#endif
