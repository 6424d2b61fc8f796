/*
 * A customer as the program carries it: a third party of the accounting side,
 * a person or a firm. Texts are never NULL ("" means none) and *borrowed* from
 * whoever filled the struct, an arena as a rule.
 */
#ifndef CUSTOMER_H
#define CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "arena.h"
#include "company.h"
#include "kind.h"
#include "segment.h"
#include "strbuf.h"

struct customer {
	int64_t id;
	int64_t company_id;
	const char *account_key; /* the accounting system's own key */
	enum customer_kind kind;
	enum nature nature;
	const char *name; /* a firm's name, a person's family name */
	const char *first_name;
	const char *firm;	/* where a person works */
	const char *email;	/* as typed */
	const char *email_key;	/* normalised; "" if none or invalid */
	const char *phone;	/* as typed */
	const char *phone_e164; /* "" if none or invalid */
	const char *street;
	const char *postcode;
	const char *city;
	const char *country;   /* ISO 3166-1 alpha-2 */
	int32_t birth_day;     /* DAY_NONE if unknown */
	const char *language;  /* "fr", "en"; "" means the company's */
	const char *time_zone; /* "" means the company's */
	const char *channels;  /* preferred channels in order, "SMS,EMAIL" */
	int best_minute;       /* best contact time after midnight, -1 if unknown */
	uint32_t consents;     /* packed, see consent.h; derived from the history */
	int64_t merged_into;   /* 0 unless this record lives on in another */
	int64_t anonymised_at; /* 0 if not */
	int64_t created_at;
	int64_t updated_at;
	int64_t revision; /* an edit of an older revision is a conflict */
	int64_t imported; /* digest of the last line imported, 0 if none */
};

#define CUSTOMER_INIT                                                                              \
	{                                                                                          \
		.account_key = "", .name = "", .first_name = "", .firm = "", .email = "",          \
		.email_key = "", .phone = "", .phone_e164 = "", .street = "", .postcode = "",      \
		.city = "", .country = "", .birth_day = DAY_NONE, .language = "", .time_zone = "", \
		.channels = "", .best_minute = -1                                                  \
	}

/* What the rules say of a customer (customer_score); days as DAY_NONE if never. */
struct customer_score {
	int score; /* 0 to 100 */
	enum segment segment;
	enum behaviour behaviour;
	int churn; /* tenths, 0 to 10 */
	int64_t revenue;
	int purchases; /* in 365 days */
	bool has_delay;
	int delay_days;
	int32_t last_purchase;
	int32_t last_interaction;
	int64_t lifetime_value;
	int satisfaction;      /* 0 to 10 */
	int64_t overdue;       /* open amount of invoices past due */
	int64_t overdue_30;    /* of it, by more than 30 days */
	int64_t overdue_60;    /* by more than 60 */
	int64_t overdue_90;    /* by more than 90 */
	int32_t overdue_since; /* due day of the oldest of them, DAY_NONE if none */
	bool active;
	int32_t computed_on; /* day of the calculation that last changed any of it */
};

/* One change of score or segment: a line a customer and day. */
struct score_step {
	int32_t day;
	int score_before, score_after;
	enum segment segment_before, segment_after;
};

/* One line of a list: what its columns may show. */
struct customer_line {
	int64_t id;
	enum customer_kind kind;
	const char *account_key;
	const char *name;
	const char *first_name;
	const char *email;
	bool email_valid;
	const char *phone;	/* as typed */
	const char *phone_e164; /* "" if none or invalid */
	const char *city;
	uint32_t consents;
	struct customer_score score;
};

/*
 * Fills email_key and phone_e164 from what was typed, in the arena; numbers
 * without a country's code are of the company's country.
 */
void customer_normalise(struct customer *c, const struct company *company, struct arena *a);

/* "Kabré Awa" for a person, the firm's name for a firm. */
void customer_name(const char *name, const char *first_name, struct strbuf *out);

#endif
