/*
 * A stand-in for every provider of messages, for tests: HTTP and SMTP servers on
 * this machine that read what the program sends by the providers' published
 * contracts, answer as they do, and write down what each person would have received.
 * It shares no code with the program but src/base, so it is a second opinion.
 *
 *	sim --ports FILE --record FILE [--cheap] [--tied] [--seed N] [--port N]
 *		[--smtp-port N]
 *	sim --call PORT METHOD PATH [HEADER... <BODY]	asks one that runs, prints what it answers
 *
 * It ends on SIGTERM; if it is tied, also at the end of its standard input.
 * FILE of ports appears, whole, when both servers listen: "http PORT\nsmtp PORT\n".
 *
 * What it accepts (anything else is denied as the provider would):
 *	/sendgrid	Authorization: Bearer SG.test
 *	/mailchimp	"key": "test-key"
 *	/twilio		Basic AC + 32 hex digits (that of the path) : twilio-test
 *	/orange		Basic orange-id:orange-secret for a token
 *	/mtn		form mtn-id, mtn-secret for a token
 *	/graph/vNN.N	Bearer meta-test; ids that begin with 1 are telephone numbers
 *			(WhatsApp), with 2 pages (Messenger), with 3 Instagram accounts
 *	SMTP		AUTH PLAIN or LOGIN smtp-user, smtp-pass
 *
 * The record has one line an event, six columns separated by tabs: kind, provider,
 * address, ref, subject, text. A tab, line end or backslash in them is \t, \n, \\.
 *	got		a person received this; ref is our own reference, if it came along
 *	post		the same on a page or an account, address is its id
 *	violation	a request broke the contract; address is the request, text the reason
 *	denied		well-formed, but with credentials that are not the ones above
 *	token, lookup	a token was given, a message looked for
 *	many		of --cheap: this many recipients in one call (in the address column)
 *
 * One lock guards everything below but what reads a request in --cheap.
 */
#ifndef SIM_H
#define SIM_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "compiler.h"
#include "strbuf.h"
#include "vec.h"

enum sim_provider {
	SIM_SENDGRID,
	SIM_MAILCHIMP,
	SIM_TWILIO,
	SIM_ORANGE,
	SIM_MTN,
	SIM_WHATSAPP,
	SIM_MESSENGER,
	SIM_INSTAGRAM,
	SIM_SMTP,
	SIM_PROVIDERS
};

const char *sim_word(enum sim_provider p);
/* "all" is SIM_PROVIDERS. */
bool sim_provider_of(const char *word, enum sim_provider *out) MUST_USE;

enum sim_kind { SIM_SEND, SIM_TOKEN, SIM_LOOKUP, SIM_POST, SIM_OTHER };

/* What one person received; the strings are owned. */
struct sim_got {
	char *address, *ref, *subject, *text;
	char *id; /* the provider's, by which it can be looked up */
	int64_t at;
	enum sim_provider provider;
	const char *kind; /* "got" or "post" */
};

/* A picture on its way to an Instagram account. */
struct sim_container {
	char *id, *url, *caption;
	char media[32]; /* its id once it is published */
	int polls;
};

struct sim_record;
struct sim_faults;
struct sim_http;

struct sim {
	pthread_mutex_t lock;
	struct sim_record *record;
	struct sim_faults *faults;
	bool cheap;
	uint64_t seed;
	uint64_t serial;	  /* of ids */
	VEC(struct sim_got) mail; /* all that arrived, for look-ups */
	VEC(struct sim_container) containers;
	struct {
		int64_t given, revoked; /* numbers of the last one */
	} tokens[SIM_PROVIDERS];
};

/* One HTTP request and what is answered. */
struct sim_call {
	struct sim *sim;
	void *connection; /* of the HTTP server */
	enum sim_provider provider;
	enum sim_kind kind;
	const char *method;
	const char *path;  /* as sent, still encoded, behind the family's prefix */
	const char *query; /* as sent, "" none */
	const char *body;
	size_t len;

	int violations;
	bool denied;
	VEC(struct sim_got) got;
	size_t many; /* of --cheap */

	int status;
	const char *type; /* Content-Type of the answer */
	struct strbuf answer;
	struct strbuf headers; /* of the answer, "Name: value\n" each */
};

struct sim_fault;

/* One family of paths. `answer` reads the request and fills the answer as if all went
 * well; `fail` writes the provider's own error for a fault. */
struct sim_family {
	const char *prefix; /* "/sendgrid" */
	enum sim_provider provider;
	void (*answer)(struct sim_call *c);
	void (*fail)(struct sim_call *c, const struct sim_fault *f);
};

extern const struct sim_family sim_sendgrid, sim_mailchimp, sim_twilio, sim_orange, sim_mtn,
	sim_graph;
/* Of --cheap: the recipients of a send, 0 for anything else. Without the lock. */
size_t sendgrid_count(const struct sim_call *c);

/* A request's header, "" if there is none. */
const char *call_header(const struct sim_call *c, const char *name);
bool call_is(const struct sim_call *c, const char *method, const char *path) MUST_USE;
/* The request broke the contract: written down, whatever is answered. */
void call_violation(struct sim_call *c, const char *fmt, ...) PRINTF(2, 3);
/* Credentials of the right form that are not ours. */
void call_denied(struct sim_call *c, const char *what);
void call_reply(struct sim_call *c, int status, const char *fmt, ...) PRINTF(3, 4);
void call_reply_header(struct sim_call *c, const char *name, const char *fmt, ...) PRINTF(3, 4);
/* A person receives this; NULL is "". The strings are copied. The index of it. */
size_t call_got(struct sim_call *c, const char *address, const char *ref, const char *subject,
	const char *text, const char *id);
/* Nobody receives anything after all. */
void call_drop(struct sim_call *c);
/* A message of this address (or id) was looked for. */
void call_looked(struct sim_call *c, const char *what);
/* RFC 8058: both headers or none (NULL), an https URI in angle brackets. */
void call_check_unsubscribe(struct sim_call *c, const char *list, const char *post);
/* Content-Type is this, parameters left aside. */
bool call_type_is(const struct sim_call *c, const char *type) MUST_USE;
/* "user:password" of HTTP Basic; false if there is no such header. */
bool call_basic(const struct sim_call *c, struct strbuf *out) MUST_USE;
/* Checks "Bearer TOKEN"; false has been judged and wants a 401. */
bool call_bearer(struct sim_call *c, const char *token) MUST_USE;
/* The same for a token that was given by us and has not run out. */
bool call_token(struct sim_call *c) MUST_USE;
/* Gives a new one. */
void call_give_token(struct sim_call *c, struct strbuf *out);

/* The body as JSON, *owned*; NULL: a violation was recorded (no JSON, no UTF-8). */
cJSON *call_json(struct sim_call *c) MUST_USE;
/* The string of a member; NULL if there is none or it is none. */
const char *json_text(const cJSON *object, const char *key);
/* `text` as a JSON string with its quotes. */
void json_quote(struct strbuf *out, const char *text);

/* A value of a form or a query, decoded; false if it is not there. */
bool form_get(const char *form, size_t len, const char *name, struct strbuf *out) MUST_USE;
/* Names of a form one by one: *at starts at 0. */
bool form_next(const char *form, size_t len, size_t *at, struct strbuf *name,
	struct strbuf *value) MUST_USE;
void percent_decode(const char *in, size_t len, bool plus, struct strbuf *out);
bool base64_decode(const char *in, size_t len, struct strbuf *out) MUST_USE;

/* Letters of ASCII in either case are the same. */
int word_compare(const char *a, const char *b);
bool word_equal(const char *a, const char *b) MUST_USE;
/* Characters of UTF-8 text. */
size_t text_chars(const char *text);
bool email_plausible(const char *email) MUST_USE;
bool e164_plausible(const char *number) MUST_USE; /* with + */
bool digits_only(const char *s, size_t min, size_t max) MUST_USE;
/* "Mon, 22 Nov 2026 14:00:00 +0000" */
void add_rfc2822(struct strbuf *out, int64_t at);
/* Puts `with` in the place of every `what`. */
void add_replaced(struct strbuf *out, const char *text, const char *what, const char *with);

int64_t sim_now(void);
/* `digits` lowercase hexadecimal digits, different each time. */
void sim_id(struct sim *s, int digits, struct strbuf *out);
void got_release(struct sim_got *g);

#endif
