#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "mem.h"

enum channel { EMAIL, SMS, WHATSAPP, MESSENGER, INSTAGRAM };

/* Somebody, whoever carried the message: two providers of one channel reach the same
 * person. */
struct reached {
	char *address; /* lowercase, without + */
	enum channel channel;
};

struct counts {
	size_t received, unique, duplicates, posts, violations, denied, requests;
	int in_flight;
};

struct sim_record {
	int fd;
	struct counts counts[SIM_PROVIDERS];
	struct reached *reached; /* open addressing, `cap` a power of two */
	size_t len, cap;
	struct strbuf line;
};

struct sim_record *record_open(const char *path)
{
	struct sim_record *r;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		return NULL;
	r = mem_zalloc(1, sizeof(*r));
	r->fd = fd;
	r->cap = 1024;
	r->reached = mem_zalloc(r->cap, sizeof(*r->reached));
	strbuf_init(&r->line, 0);
	return r;
}

void record_close(struct sim_record *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->cap; i++)
		free(r->reached[i].address);
	free(r->reached);
	strbuf_release(&r->line);
	close(r->fd);
	free(r);
}

static void add_column(struct strbuf *out, const char *text)
{
	strbuf_addc(out, '\t');
	for (const char *p = text ? text : ""; *p; p++) {
		switch (*p) {
		case '\t':
			strbuf_adds(out, "\\t");
			break;
		case '\n':
			strbuf_adds(out, "\\n");
			break;
		case '\r':
			strbuf_adds(out, "\\r");
			break;
		case '\\':
			strbuf_adds(out, "\\\\");
			break;
		default:
			strbuf_addc(out, *p);
		}
	}
}

static void write_line(struct sim_record *r)
{
	ssize_t n;

	strbuf_addc(&r->line, '\n');
	do
		n = write(r->fd, r->line.buf, r->line.len);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)r->line.len) {
		perror("sim: the record cannot be written");
		abort();
	}
}

static void compose(struct sim_record *r, const char *kind, enum sim_provider p,
	const char *address, const char *ref, const char *subject, const char *text)
{
	strbuf_clear(&r->line);
	strbuf_adds(&r->line, kind);
	add_column(&r->line, sim_word(p));
	add_column(&r->line, address);
	add_column(&r->line, ref);
	add_column(&r->line, subject);
	add_column(&r->line, text);
}

void record_line(struct sim_record *r, const char *kind, enum sim_provider p, const char *address,
	const char *ref, const char *subject, const char *text)
{
	if (strcmp(kind, "violation") == 0)
		r->counts[p].violations++;
	else if (strcmp(kind, "denied") == 0)
		r->counts[p].denied++;
	compose(r, kind, p, address, ref, subject, text);
	write_line(r);
}

static enum channel channel_of(enum sim_provider p)
{
	switch (p) {
	case SIM_TWILIO:
	case SIM_ORANGE:
	case SIM_MTN:
		return SMS;
	case SIM_WHATSAPP:
		return WHATSAPP;
	case SIM_MESSENGER:
		return MESSENGER;
	case SIM_INSTAGRAM:
		return INSTAGRAM;
	case SIM_SENDGRID:
	case SIM_MAILCHIMP:
	case SIM_SMTP:
	case SIM_PROVIDERS:
		break;
	}
	return EMAIL;
}

static char *normal(const char *address)
{
	char *copy = mem_strdup(address + (*address == '+'));

	for (char *c = copy; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	return copy;
}

static size_t slot(const struct sim_record *r, enum channel channel, const char *address)
{
	uint64_t hash = 14695981039346656037u + (uint64_t)channel; /* FNV-1a */
	size_t at;

	for (const char *c = address; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	at = (size_t)(hash ^ hash >> 29) & (r->cap - 1);
	while (r->reached[at].address &&
		(r->reached[at].channel != channel || strcmp(r->reached[at].address, address) != 0))
		at = (at + 1) & (r->cap - 1);
	return at;
}

static void grow(struct sim_record *r)
{
	struct reached *old = r->reached;
	size_t cap = r->cap;

	r->cap *= 2;
	r->reached = mem_zalloc(r->cap, sizeof(*r->reached));
	for (size_t i = 0; i < cap; i++)
		if (old[i].address)
			r->reached[slot(r, old[i].channel, old[i].address)] = old[i];
	free(old);
}

/* False: somebody who was reached before. */
static bool reach(struct sim_record *r, const struct sim_got *g)
{
	enum channel channel = channel_of(g->provider);
	char *address = normal(g->address);
	size_t at = slot(r, channel, address);

	if (r->reached[at].address) {
		free(address);
		return false;
	}
	r->reached[at] = (struct reached){ .address = address, .channel = channel };
	if (++r->len * 2 > r->cap)
		grow(r);
	return true;
}

void record_got(struct sim_record *r, const struct sim_got *g)
{
	struct counts *c = &r->counts[g->provider];

	compose(r, g->kind, g->provider, g->address, g->ref, g->subject, g->text);
	write_line(r);
	if (strcmp(g->kind, "got") != 0) {
		c->posts++;
		return;
	}
	c->received++;
	if (reach(r, g))
		c->unique++;
	else
		c->duplicates++;
}

void record_many(struct sim_record *r, enum sim_provider p, size_t count)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", count);
	r->counts[p].received += count;
	r->counts[p].unique += count;
	compose(r, "many", p, number, "", "", "");
	write_line(r);
}

void record_request(struct sim_record *r, enum sim_provider p, int change_in_flight)
{
	r->counts[p].in_flight += change_in_flight;
	if (change_in_flight > 0)
		r->counts[p].requests++;
}

void record_stats(const struct sim_record *r, struct strbuf *out)
{
	strbuf_addc(out, '{');
	for (int p = 0; p < SIM_PROVIDERS; p++) {
		const struct counts *c = &r->counts[p];

		strbuf_addf(out,
			"%s\"%s\":{\"received\":%zu,\"unique\":%zu,\"duplicates\":%zu,"
			"\"posts\":%zu,\"violations\":%zu,\"denied\":%zu,\"requests\":%zu,"
			"\"inflight\":%d}",
			p ? "," : "", sim_word((enum sim_provider)p), c->received, c->unique,
			c->duplicates, c->posts, c->violations, c->denied, c->requests,
			c->in_flight);
	}
	strbuf_adds(out, "}\n");
}
