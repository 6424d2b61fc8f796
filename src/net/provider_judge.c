#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "num.h"
#include "provider.h"

#define WAIT_MAX DAY_SECONDS /* a longer hint is a mistake of theirs or worse */

const char *account_get(const struct account *a, const char *key)
{
	const struct provider_field *fields = a->ops->fields;

	for (size_t i = 0; i < PROVIDER_FIELDS && fields[i].key; i++) {
		if (strcmp(fields[i].key, key) == 0)
			return a->values[i][0] ? a->values[i] : fields[i].initial;
	}
	return "";
}

static int64_t wait_of(const struct wire_answer *answer)
{
	if (answer->wait_seconds < 0)
		return 0;
	return answer->wait_seconds < WAIT_MAX ? answer->wait_seconds : WAIT_MAX;
}

static void judge_status(const struct wire_answer *answer, bool own_error, struct send_result *out)
{
	long status = answer->status;

	out->outcome = OUTCOME_UNCERTAIN;
	out->reason = REASON_BAD_ANSWER;
	if (status == 401 || status == 403 || status == 307 || status == 308) {
		out->outcome = OUTCOME_FORBIDDEN;
		out->reason = REASON_CREDENTIALS;
	} else if (status == 429) {
		out->outcome = OUTCOME_QUOTA;
		out->reason = REASON_QUOTA;
	} else if (status == 503 && out->wait_seconds) {
		out->outcome = OUTCOME_DOWN;
		out->reason = REASON_PROVIDER_DOWN;
	} else if (status >= 400 && status < 500 && status != 408) {
		out->outcome = OUTCOME_REFUSED;
		out->status = MESSAGE_FAILED;
		out->reason = REASON_REJECTED;
	} else if (status >= 500 && status < 600 && own_error) {
		out->outcome = OUTCOME_RETRY;
		out->reason = REASON_RETRY;
	}
}

bool provider_judge(const struct wire_answer *answer, bool own_error, struct send_result *out)
{
	*out = (struct send_result){ .wait_seconds = wait_of(answer) };
	if (answer->end == WIRE_NOT_SENT) {
		out->outcome = OUTCOME_DOWN;
		out->reason = answer->offline ? REASON_OFFLINE : REASON_PROVIDER_DOWN;
		return true;
	}
	if (answer->end == WIRE_UNKNOWN) {
		out->outcome = OUTCOME_UNCERTAIN;
		out->reason = REASON_NO_ANSWER;
		return true;
	}
	if (answer->status > 0 && answer->status < 1000)
		snprintf(out->code, sizeof(out->code), "%ld", answer->status);
	if (answer->status >= 200 && answer->status < 300) {
		out->outcome = OUTCOME_SENT;
		return false;
	}
	judge_status(answer, own_error, out);
	return true;
}

void provider_ref(int64_t message_id, char out[32])
{
	snprintf(out, 32, "m-%" PRId64, message_id);
}

int64_t provider_unref(const char *ref)
{
	char same[32];
	int64_t id;

	if (strncmp(ref, "m-", 2) != 0 || !num_parse_i64(ref + 2, 1, INT64_MAX, &id))
		return 0;
	provider_ref(id, same);
	return strcmp(ref, same) == 0 ? id : 0;
}
