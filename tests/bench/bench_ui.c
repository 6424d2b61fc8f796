/*
 * The program itself on a pseudo-terminal of 120x40, in French: from its start to
 * the first picture, from a key to what it paints, its memory, and what it
 * sends while nobody does anything. Beside it, in the same run, the least that
 * this machine does: a program that opens the store, reads the same page by
 * SQLite alone and shows an empty screen; and one that answers each key by one byte.
 *
 * A key's time ends with the last byte of the first picture; a search's when its hits
 * have come, which may be a second one.
 */
#include "bench.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"
#include "num.h"

#define STARTS 15
#define SAMPLES 400
#define FEW 10000
#define GROWTH 1.5    /* among many, beside among few */
#define SILENCE_MS 40 /* after a key; the line of details comes 150 ms later */
#define LATE_MS 120   /* where an answer may come after the first picture */

enum kind { OPEN, STEP, PAGE, END, ORDER, FILTER, SEARCH, KINDS };

static const struct {
	const char *name;
	int64_t limit_ms; /* p99 */
} kinds[KINDS] = {
	[OPEN] = { "key to paint: the list of customers", 10 },
	[STEP] = { "key to paint: a step", 10 },
	[PAGE] = { "key to paint: a page", 10 },
	[END] = { "key to paint: the other end", 10 },
	[ORDER] = { "key to paint: another order", 10 },
	[FILTER] = { "key to paint: a filter by segment", 10 },
	[SEARCH] = { "key to paint: a letter of a search", 30 },
};

struct times {
	int64_t ns[SAMPLES];
	size_t n;
};

struct figures {
	struct times keys[KINDS], echo, start, bare;
	long start_kb, most_kb;
	size_t start_bytes, list_bytes, idle_bytes, step_bytes;
};

/* --- what it is compared with --------------------------------------------- */

static void bare_page(const char *path)
{
	struct bench b = { .customers = 0 };
	sqlite3_stmt *q;
	sqlite3 *raw;

	snprintf(b.path, sizeof(b.path), "%s", path);
	raw = bench_open(&b);
	q = bench_prepare(raw,
		"SELECT * FROM customer_score s CROSS JOIN customer c ON c.id = s.customer_id"
		" WHERE s.company_id = (SELECT id FROM company)"
		" ORDER BY s.score DESC, s.customer_id DESC LIMIT 80");
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++)
			sqlite3_column_text(q, i);
	sqlite3_finalize(q);
	sqlite3_close(raw);
}

/* The rest of the program as `bare` starts it: see the top. */
static int be_bare(const char *path)
{
	SCREEN *screen;

	setlocale(LC_ALL, "");
	bare_page(path);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return 1;
	raw();
	noecho();
	refresh();
	endwin();
	delscreen(screen);
	return 0;
}

/* --- measuring ------------------------------------------------------------- */

static void add(struct times *t, int64_t ns)
{
	if (t->n < SAMPLES && ns > 0)
		t->ns[t->n++] = ns;
}

/* Presses a key and notes the time of its picture. */
static void time_key(struct guest *g, struct times *keys, enum kind kind, const char *key)
{
	guest_press(g, key, kind == SEARCH || kind == FILTER ? LATE_MS : SILENCE_MS);
	add(&keys[kind], (kind == SEARCH ? g->last : g->first) - g->began);
}

static void measure_starts(char *const *program, char *const *bare, bool cpu, struct figures *f)
{
	struct guest g = { .cpu = cpu };

	for (int i = 0; i < STARTS; i++) {
		guest_start(&g, program);
		guest_wait_paint(&g, 2000, 100);
		add(&f->start, g.last - g.began);
		f->start_bytes = g.bytes;
		time_key(&g, f->keys, OPEN, "2");
		f->list_bytes = g.bytes;
		if (!strstr(g.seen, "Score"))
			bench_die(program[0], "no list of customers");
		guest_end(&g);
		guest_start(&g, bare);
		guest_wait_paint(&g, 2000, 100);
		add(&f->bare, g.last - g.began);
		guest_end(&g);
	}
}

static void measure_echo(char *const *echo, bool cpu, struct figures *f)
{
	struct guest g = { .cpu = cpu };

	guest_start(&g, echo);
	guest_wait_paint(&g, 2000, SILENCE_MS);
	for (int i = 0; i < 100; i++) {
		guest_press(&g, "j", PAINT_MS);
		add(&f->echo, g.first - g.began);
	}
	guest_end(&g);
}

static void measure_moves(struct guest *g, struct figures *f)
{
	for (int i = 0; i < 15; i++) {
		time_key(g, f->keys, STEP, "j");
		f->step_bytes += g->bytes;
	}
	f->step_bytes /= 15;
	for (int i = 0; i < 150; i++)
		time_key(g, f->keys, STEP, i < 120 ? "j" : "k");
	for (int i = 0; i < 100; i++)
		time_key(g, f->keys, PAGE, i < 60 ? "\033[6~" : "\033[5~");
	for (int i = 0; i < 30; i++) {
		time_key(g, f->keys, END, "G");
		guest_press(g, "g", SILENCE_MS);
		time_key(g, f->keys, END, "g");
	}
}

static void measure_orders(struct guest *g, struct times *keys)
{
	for (int i = 0; i < 48; i++) {
		char letter[2] = { (char)('1' + i / 2 % 8), '\0' };

		guest_press(g, "s", SILENCE_MS);
		time_key(g, keys, ORDER, letter);
	}
	/* By score, from high to low, as it was. */
	for (int i = 0; i < 2; i++) {
		guest_press(g, "s", SILENCE_MS);
		guest_press(g, "2", SILENCE_MS);
	}
}

static void measure_filters(struct guest *g, struct times *keys)
{
	static const char *const segments[] = { "vip", "loyal", "regular", "occasional",
		"at_risk" };

	for (int i = 0; i < 40; i++) {
		char filter[40];

		snprintf(filter, sizeof(filter), "segment=%s", segments[i % 5]);
		guest_press(g, "f", SILENCE_MS);
		guest_press(g, "w", SILENCE_MS);
		guest_press(g, filter, SILENCE_MS);
		time_key(g, keys, FILTER, "\r");
		guest_press(g, "\033", LATE_MS);
	}
}

static void measure_searches(struct guest *g, struct times *keys)
{
	static const char *const texts[] = { "ouedraogo", "kabore awa", "70 12 34 56", "226701",
		"contact@", "traore", "etablissements", "zxq", "sawadogo iss", "garage", "00226",
		"coulibaly" };

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		guest_press(g, "/", SILENCE_MS);
		for (const char *at = texts[i]; *at; at++) {
			char key[2] = { *at, '\0' };

			time_key(g, keys, SEARCH, key);
		}
		guest_press(g, "\033", LATE_MS);
	}
}

static void measure_keys(char *const *program, bool cpu, struct figures *f)
{
	struct guest g = { .cpu = cpu };

	guest_start(&g, program);
	guest_wait_paint(&g, 2000, 100);
	guest_press(&g, "2", 500);
	f->start_kb = guest_memory_kb(&g, "VmRSS:");
	f->idle_bytes = guest_wait_paint(&g, 3000, 100) ? g.bytes : 0;
	measure_moves(&g, f);
	measure_orders(&g, f->keys);
	measure_filters(&g, f->keys);
	measure_searches(&g, f->keys);
	f->most_kb = guest_memory_kb(&g, "VmHWM:");
	if (!f->most_kb)
		bench_die(program[0], "ended in the middle");
	guest_end(&g);
}

static void measure(struct bench *b, const char *self, struct figures *f)
{
	char program_path[4096], own_path[4096];
	char *program[] = { program_path, (char *)"--store", b->path, NULL };
	char *bare[] = { own_path, (char *)"--bare", b->path, NULL };
	char *echo[] = { own_path, (char *)"--echo", NULL };
	const char *wish = getenv("PROGRAM");

	snprintf(program_path, sizeof(program_path), "%s", wish ? wish : "./ecompta-crm");
	snprintf(own_path, sizeof(own_path), "%s", self);
	measure_starts(program, bare, b->cpu, f);
	measure_echo(echo, b->cpu, f);
	measure_keys(program, b->cpu, f);
}

/* --- telling --------------------------------------------------------------- */

static void tell_ms(const char *what, int64_t ns, int64_t limit_ms)
{
	printf("%-44s %9.3f ms (at most %lld ms)%s\n", what, (double)ns / 1e6, (long long)limit_ms,
		ns > limit_ms * 1000000 ? "  MISSED" : "");
}

static void tell_bytes(const char *what, size_t bytes, size_t limit)
{
	printf("%-44s %6zu bytes (at most %zu)%s\n", what, bytes, limit,
		bytes > limit ? "  MISSED" : "");
}

static int64_t median(struct times *t)
{
	return bench_percentile(t->ns, t->n, 50);
}

static void tell(struct figures *f, int64_t customers)
{
	printf("the screens among %lld customers\n", (long long)customers);
	tell_ms("start to the first picture, median", median(&f->start), 50);
	printf("    the bare page and an empty screen %.3f ms, %.2fx\n",
		(double)median(&f->bare) / 1e6,
		(double)median(&f->start) / (double)median(&f->bare));
	for (int kind = 0; kind < KINDS; kind++) {
		struct times *t = &f->keys[kind];
		char what[64];

		snprintf(what, sizeof(what), "%s, p99", kinds[kind].name);
		tell_ms(what, bench_percentile(t->ns, t->n, 99), kinds[kind].limit_ms);
		printf("    of %zu; median %.3f ms\n", t->n, (double)median(t) / 1e6);
	}
	printf("    one byte answered on the same terminal: median %.3f ms\n",
		(double)median(&f->echo) / 1e6);
	printf("%-44s %9.1f MB (at most 20 MB)%s\n", "resident memory at the start",
		(double)f->start_kb / 1024, f->start_kb > 20 * 1024 ? "  MISSED" : "");
	printf("%-44s %9.1f MB (at most 20 MB)%s\n", "resident memory at most",
		(double)f->most_kb / 1024, f->most_kb > 20 * 1024 ? "  MISSED" : "");
	tell_bytes("sent for the first picture", f->start_bytes, 8000);
	tell_bytes("sent for the list of customers", f->list_bytes, 8000);
	tell_bytes("sent for a step, mean of 15", f->step_bytes, 100);
	tell_bytes("sent in 3 s of nothing", f->idle_bytes, 0);
}

static void compare(struct figures *many, struct figures *few, int64_t customers)
{
	char what[64];

	printf("\nthe same among %lld customers, beside %d, medians\n", (long long)customers, FEW);
	bench_line("start to the first picture", median(&many->start) / 1000,
		median(&few->start) / 1000, GROWTH);
	for (int kind = 0; kind < KINDS; kind++) {
		snprintf(what, sizeof(what), "%s", kinds[kind].name);
		bench_line(what, median(&many->keys[kind]) / 1000, median(&few->keys[kind]) / 1000,
			GROWTH);
	}
}

/* The person's own settings play no part. */
static void set_environment(const char *folder)
{
	setenv("HOME", folder, 1);
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_DATA_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "fr", 1);
	/* The clock stands, so that it is not what is sent in silence. */
	setenv("ECOMPTA_NOW", "2026-05-27T10:00:00Z", 1);
	unsetenv("NO_COLOR");
	unsetenv("SSH_CONNECTION");
}

int main(int argc, char **argv)
{
	static struct figures many, few;
	struct bench b, small;
	char folder[] = "/tmp/ecompta-home-XXXXXX";

	if (argc == 3 && !strcmp(argv[1], "--bare"))
		return be_bare(argv[2]);
	if (argc == 2 && !strcmp(argv[1], "--echo"))
		return guest_echo();
	bench_args(&b, argc, argv);
	small = b;
	small.customers = FEW;
	bench_demo(&b);
	bench_demo(&small);
	if (!mkdtemp(folder))
		bench_die(folder, "cannot be made");
	set_environment(folder);
	measure(&small, argv[0], &few);
	measure(&b, argv[0], &many);
	tell(&many, b.customers);
	compare(&many, &few, b.customers);
	bench_end(&small);
	bench_end(&b);
	rmdir(folder);
	return 0;
}
