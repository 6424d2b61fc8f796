/*
 * The program on a terminal while a campaign to everybody is launched by keys, frozen
 * and sent by the program itself, over the stand-in for the providers: from a key to
 * what it paints, on the list of customers and on the campaign's own screen, and what
 * goes to the terminal while nobody does anything but watch it go.
 *
 * Beside each key, in the same moment, one to a program that answers it by one byte: what
 * this machine, and whoever else uses it, makes of the least there is to do.
 *
 * A key that paints nothing within two seconds counts as two seconds. With --cpu a key's
 * time is less by what the program's main thread waited for a processor, where others use
 * the machine.
 */
#include "bench.h"

#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "campaigns.h"
#include "crypt.h"
#include "date.h"
#include "guest.h"
#include "providers.h"
#include "session.h"
#include "settings.h"
#include "sim_run.h"

#define SAMPLES 4000
#define LIMIT_MS 10 /* p99 */
#define LIMIT_BYTES 500
#define NOTHING_MS 2000
#define SILENCE_MS 25
#define WATCH_SECONDS 60 /* at most */

enum phase { LIST_FROZEN, LIST_SENT, PAGE_SENT, PHASES };

static const char *const names[PHASES] = {
	[LIST_FROZEN] = "key to paint: customers, while it is frozen",
	[LIST_SENT] = "key to paint: customers, while it is sent",
	[PAGE_SENT] = "key to paint: its own screen, while it is sent",
};

struct figures {
	int64_t ns[PHASES][SAMPLES], echo[PHASES][SAMPLES];
	size_t n[PHASES];
	size_t most, sum; /* bytes: in any second, and of all */
	int seconds;
	long most_kb;
};

struct guests {
	struct guest program, echo;
};

/* --- a campaign that is ready to go ---------------------------------------- */

static void set_provider(struct session *s, const struct sim_run *sim)
{
	char *url = sim_run_url(sim, "/sendgrid");
	const struct provider_change fields[] = { { "api_key", "SG.test" },
		{ "from_address", "news@example.com" }, { "base_url", url }, { "hourly", "0" } };
	struct err err = ERR_INIT;

	bench_need(providers_set(
			   s, PROVIDER_SENDGRID, PROVIDERS_ANY, fields, ARRAY_SIZE(fields), &err) &&
			   providers_channel_hourly_set(s, CHANNEL_EMAIL, 0, &err),
		"provider", &err);
	free(url);
}

/* Such a one goes at any hour. */
static void make_draft(struct session *s)
{
	struct campaign c = { .name = "Bench",
		.type = CAMPAIGN_TRANSACTIONAL,
		.channels = UINT32_C(1) << CHANNEL_EMAIL,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "" };
	struct campaign_content content = { .channel = CHANNEL_EMAIL,
		.language = "fr",
		.subject = "Bonjour {{prenom}}",
		.text = "Bonjour {{prenom}}, nos bureaux ferment vendredi.",
		.html = "",
		.media = "" };
	struct err err = ERR_INIT;

	bench_need(campaigns_save(s, &c, &err), "campaign", &err);
	content.campaign_id = c.id;
	bench_need(campaigns_text_put(s, &content, &c.revision, &err), "text", &err);
}

static void prepare(struct bench *b, const struct sim_run *sim)
{
	struct session *s = bench_session(b);

	set_provider(s, sim);
	make_draft(s);
	session_close(s);
}

/* --- how far it is ---------------------------------------------------------- */

static int64_t number(sqlite3 *raw, const char *sql)
{
	sqlite3_stmt *q = bench_prepare(raw, sql);
	int64_t n = 0;

	if (sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

static bool is_frozen(sqlite3 *raw)
{
	return number(
		raw, "SELECT count(*) FROM campaign WHERE status IN ('RUNNING', 'COMPLETED')");
}

static int64_t sent(sqlite3 *raw)
{
	return number(raw, "SELECT sum(messages) FROM campaign_count WHERE status = 'SENT'");
}

/* --- measuring ---------------------------------------------------------------- */

/* What its main thread has waited for a processor. */
static int64_t waited_ns(const struct guest *g)
{
	char path[64], line[128], *end;
	int64_t ns = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/schedstat", (long)g->pid);
	f = fopen(path, "re");
	if (f && fgets(line, sizeof(line), f)) {
		strtoll(line, &end, 10);
		ns = strtoll(end, NULL, 10);
	}
	if (f)
		fclose(f);
	return ns;
}

static int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t answer_ns(const struct bench *b, struct guest *g, const char *key)
{
	int64_t began = clock_ns(), waited = waited_ns(g);
	struct pollfd p = { .fd = g->fd, .events = POLLIN };

	if (write(g->fd, key, strlen(key)) < 0)
		bench_die("terminal", "gone");
	if (poll(&p, 1, NOTHING_MS) <= 0)
		return NOTHING_MS * INT64_C(1000000);
	guest_wait_paint(g, 0, PAINT_MS);
	return g->first - began - (b->cpu ? waited_ns(g) - waited : 0);
}

static void time_key(const struct bench *b, struct guests *g, struct figures *f, enum phase phase,
	const char *key)
{
	size_t *n = &f->n[phase];

	f->ns[phase][*n] = answer_ns(b, &g->program, key);
	f->echo[phase][*n] = answer_ns(b, &g->echo, "j");
	if (*n + 1 < SAMPLES)
		++*n;
	guest_wait_paint(&g->program, SILENCE_MS, SILENCE_MS);
}

/* Steps, pages and both ends. */
static void time_list(const struct bench *b, struct guests *g, struct figures *f, enum phase phase)
{
	static const char *const keys[] = { "j", "j", "j", "k", "\033[6~", "\033[6~", "j",
		"\033[5~", "G", "k", "g" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		/* g asks where to; the second one says: to the start. */
		if (*keys[i] == 'g')
			guest_press(&g->program, "g", SILENCE_MS);
		time_key(b, g, f, phase, keys[i]);
	}
}

static void launch(const struct bench *b, struct guest *g)
{
	char people[24];
	bool asked = false;

	guest_press(g, "3", 300);
	guest_press(g, "\r", 300);
	for (int i = 0; i < 4; i++)
		guest_press(g, "\033[6~", 500);
	snprintf(people, sizeof(people), "%lld", (long long)b->customers);
	/* Until they are counted it says so; in the box another Enter asks for the number. */
	for (int i = 0; !asked; i++) {
		guest_press(g, "\r", 300);
		asked = strstr(g->seen, "Pour lancer") || strstr(g->seen, "Tapez");
		if (i == 100)
			bench_die("launch", "is not asked about, in French");
	}
	guest_press(g, people, 300);
	guest_press(g, "\r", 50);
}

/* Bytes by the second until all are sent, while nobody presses a key; whole seconds. */
static void watch(struct guest *g, struct figures *f, sqlite3 *raw, int64_t people)
{
	struct pollfd p = { .fd = g->fd, .events = POLLIN };
	int64_t began = clock_ns(), second = 0;
	size_t by_second[WATCH_SECONDS + 1] = { 0 };
	char bytes[8192];
	ssize_t n;

	while (second < WATCH_SECONDS && sent(raw) < people) {
		n = poll(&p, 1, 100) > 0 ? read(g->fd, bytes, sizeof(bytes)) : 0;
		second = (clock_ns() - began) / 1000000000;
		if (second <= WATCH_SECONDS && n > 0)
			by_second[second] += (size_t)n;
	}
	f->seconds = (int)second;
	for (int i = 0; i < f->seconds; i++) {
		f->sum += by_second[i];
		f->most = by_second[i] > f->most ? by_second[i] : f->most;
	}
}

static void start(const struct bench *b, const char *self, struct guests *g)
{
	const char *wish = getenv("PROGRAM");
	char path[4096], own[4096], store[sizeof(b->path)];
	char *program[] = { path, (char *)"--store", store, NULL };
	char *echo[] = { own, (char *)"--echo", NULL };

	snprintf(path, sizeof(path), "%s", wish ? wish : "./ecompta-crm");
	snprintf(own, sizeof(own), "%s", self);
	snprintf(store, sizeof(store), "%s", b->path);
	*g = (struct guests){ .program = { .cpu = false } };
	guest_start(&g->program, program);
	guest_start(&g->echo, echo);
	guest_wait_paint(&g->program, 2000, 100);
	guest_wait_paint(&g->echo, 2000, SILENCE_MS);
}

static void measure(const struct bench *b, const char *self, struct figures *f)
{
	sqlite3 *raw = bench_open(b);
	struct guests g;

	start(b, self, &g);
	launch(b, &g.program);
	guest_press(&g.program, "2", 100);
	while (!is_frozen(raw))
		time_list(b, &g, f, LIST_FROZEN);
	while (sent(raw) < b->customers / 4)
		time_list(b, &g, f, LIST_SENT);
	guest_press(&g.program, "3", 300); /* where it was left: on its own screen */
	if (!strstr(g.program.seen, "DU CHOIX AU CLIC"))
		bench_die("the program", "does not show the campaign's own screen");
	while (sent(raw) < b->customers / 2)
		for (int i = 0; i < 8; i++)
			time_key(b, &g, f, PAGE_SENT, i < 4 ? "j" : "k");
	watch(&g.program, f, raw, b->customers);
	f->most_kb = guest_memory_kb(&g.program, "VmHWM:");
	if (!f->most_kb)
		bench_die("the program", "ended in the middle");
	guest_end(&g.program);
	guest_end(&g.echo);
	sqlite3_close(raw);
}

/* --- telling ------------------------------------------------------------------ */

static void tell(struct figures *f, int64_t customers)
{
	printf("the screens while a campaign to %lld is under way\n", (long long)customers);
	for (int i = 0; i < PHASES; i++) {
		int64_t p99 = bench_percentile(f->ns[i], f->n[i], 99);

		printf("%-50s %7.3f ms (at most %d ms)%s\n", names[i], (double)p99 / 1e6, LIMIT_MS,
			p99 > LIMIT_MS * INT64_C(1000000) ? "  MISSED" : "");
		printf("    one byte answered beside it %.3f ms\n",
			(double)bench_percentile(f->echo[i], f->n[i], 99) / 1e6);
		printf("    p99 of %zu; median %.3f ms, most %.3f ms\n", f->n[i],
			(double)bench_percentile(f->ns[i], f->n[i], 50) / 1e6,
			(double)bench_percentile(f->ns[i], f->n[i], 100) / 1e6);
	}
	printf("%-50s %7zu a second (at most %d)%s\n", "bytes to the terminal, its own screen",
		f->most, LIMIT_BYTES, f->most > LIMIT_BYTES ? "  MISSED" : "");
	printf("    the most of %d whole seconds; mean %zu\n", f->seconds,
		f->sum / (size_t)(f->seconds ? f->seconds : 1));
	printf("%-50s %7.1f MB\n", "resident memory at most", (double)f->most_kb / 1024);
}

/* Ten o'clock of the benches' day, and on from there; the person's own settings play no
 * part. */
static void set_environment(char *folder)
{
	struct strbuf now = STRBUF_INIT_MAX(64);

	if (!mkdtemp(folder))
		bench_die(folder, "cannot be made");
	date_add_iso(&now, BENCH_DAY);
	strbuf_addf(&now, "T10:00:00Z+%lld", (long long)time(NULL));
	setenv("HOME", folder, 1);
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_DATA_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "fr", 1);
	setenv("ECOMPTA_NOW", now.buf, 1);
	strbuf_release(&now);
	unsetenv("NO_COLOR");
	unsetenv("SSH_CONNECTION");
}

int main(int argc, char **argv)
{
	static struct figures f;
	char folder[] = "/tmp/ecompta-home-XXXXXX";
	struct err err = ERR_INIT;
	struct sim_run sim;
	struct bench b;

	if (argc == 2 && !strcmp(argv[1], "--echo"))
		return guest_echo();
	bench_args_for(&b, 200000, argc, argv);
	set_environment(folder);
	bench_need(crypt_init(&err), "crypt", &err);
	b.people = true;
	bench_base(&b);
	if (!sim_run_start(&sim, true))
		bench_die("tests/support/sim/sim", "was not built");
	prepare(&b, &sim);
	measure(&b, argv[0], &f);
	if (sim_run_many(&sim) != b.customers)
		bench_die("sending", "not everybody was written to once");
	tell(&f, b.customers);
	sim_run_stop(&sim);
	bench_end(&b);
	return 0;
}
