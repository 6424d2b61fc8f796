/*
 * Bytes the screens send to the terminal, counted in a socket: what a bad line
 * has to carry. Prints each figure beside its limit; fails when one is over it.
 */
#include "test.h"

#include <fcntl.h>
#include <locale.h>
#include <sys/socket.h>
#include <unistd.h>

#include "campaign_view.h"
#include "office_campaign.h"
#include "screen.h"
#include "toy.h"
#include "ui_state.h"

struct counter {
	int pipe[2]; /* a socket that keeps writes apart */
	int writes;  /* since the last call of `taken` */
	bool over;
};

/* What came since the last call. */
static long taken(struct counter *m)
{
	char bytes[65536];
	long sum = 0;
	ssize_t n;

	m->writes = 0;
	while ((n = read(m->pipe[0], bytes, sizeof(bytes))) > 0) {
		sum += n;
		m->writes++;
	}
	return sum;
}

/* One write a picture and some for its size: each may be a packet of its own. */
static void report(struct counter *m, const char *what, long bytes, long limit)
{
	bool over = bytes > limit || m->writes > 2 + bytes / 2000;

	printf("%-44s %6ld bytes, %d writes  limit %5ld%s\n", what, bytes, m->writes, limit,
		over ? "  OVER" : "");
	m->over = m->over || over;
}

static long press(struct counter *m, struct ui *ui, const char *keys)
{
	screen_keys(ui, keys);
	return taken(m);
}

/* The dearest of `count` presses of a key. */
static long dearest(struct counter *m, struct ui *ui, const char *key, int count)
{
	long most = 0;

	for (int i = 0; i < count; i++) {
		long bytes = press(m, ui, key);

		most = bytes > most ? bytes : most;
	}
	return most;
}

static void measure(struct counter *m, const char *type, int rows, int cols)
{
	struct toy_world world = { .count = 1000000, .now = 1000 };
	struct term_opts term = { .type = type,
		.in = m->pipe[0],
		.out = m->pipe[1],
		.rows = rows,
		.cols = cols,
		.any_tty = true };
	struct ui *ui = toy_start_on(&world, term, LOOK_WINDOWS);
	long bytes;

	printf("%s %dx%d\n", type, cols, rows);
	report(m, "first paint", taken(m), 8000);
	bytes = 0;
	for (int i = 0; i < 15; i++) {
		world.now += 1;
		bytes += press(m, ui, "Down");
	}
	report(m, "cursor step, mean of 15", bytes / 15, 100);
	report(m, "cursor step, the dearest of 10", dearest(m, ui, "Up", 10), 160);
	world.now += 1000;
	ui_pass_time(ui);
	ui_paint(ui);
	report(m, "details when the cursor rests", taken(m), 160);
	for (int i = 0; i < 100; i++) {
		world.now += 250;
		ui_pass_time(ui);
		if (ui_stale(ui))
			ui_paint(ui);
	}
	report(m, "25 s of nothing", taken(m), 0);
	ui_paint(ui);
	report(m, "painting what is there already", taken(m), 0);
	report(m, "a page", press(m, ui, "PgDn"), 6000);
	for (int i = 0; i < rows; i++)
		press(m, ui, "Down");
	report(m, "a step at the lower edge, the list scrolls", dearest(m, ui, "Down", 3), 500);
	report(m, "the search line", press(m, ui, "/"), 400);
	report(m, "a letter of a search, another list", press(m, ui, "a"), 3000);
	press(m, ui, "Esc");
	report(m, "a menu", press(m, ui, "s"), 900);
	report(m, "closing it", press(m, ui, "Esc"), 1200);
	ui_stop(ui);
	taken(m);
}

/* --- a campaign of a million while it is sent ----------------------------- */

#define CAMPAIGN_SECONDS 30

static void campaign_sql(struct session *s, const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(s->db, sql);

	office_ok(stmt_run(q, &err), &err);
	stmt_free(q);
}

/* As the sender's rounds move the counts, four times a second. */
static void send_some(struct session *s)
{
	campaign_sql(s, "UPDATE campaign_count SET messages = messages - 137"
			" WHERE status = 'QUEUED'");
	campaign_sql(s, "UPDATE campaign_count SET messages = messages + 96, parts = parts + 96,"
			" cost = cost + 240000 WHERE status = 'SENT'");
	campaign_sql(s, "UPDATE campaign_count SET messages = messages + 41, parts = parts + 41,"
			" cost = cost + 102500 WHERE status = 'DELIVERED'");
}

static void make_million(struct session *s)
{
	campaign_sql(s, "UPDATE campaign SET status = 'RUNNING', ended_at = NULL");
	campaign_sql(s, "DELETE FROM campaign_count");
	campaign_sql(s,
		"INSERT INTO campaign_count (campaign_id, channel, status, reason,"
		" messages, parts, cost) SELECT id, 'SMS', column1, 'NONE', column2, column2,"
		" 0 FROM campaign, (VALUES ('QUEUED', 1000000), ('SENT', 987), "
		"('DELIVERED', 98))");
}

static void measure_campaign(struct counter *m, const char *type, int rows, int cols)
{
	const struct term_opts term = { .type = type,
		.in = m->pipe[0],
		.out = m->pipe[1],
		.rows = rows,
		.cols = cols,
		.any_tty = true };
	const struct office_spec spec = { .rows = rows,
		.cols = cols,
		.look = LOOK_WINDOWS,
		.lang = LANG_FR,
		.tab = 3,
		.term = &term };
	struct session *other;
	struct office o;
	int64_t id;
	long most = 0;

	office_open(&o, &spec);
	id = office_campaign(&o);
	other = office_session(&o);
	make_million(other);
	ui_push(o.ui, &campaign_view, &id);
	ui_paint(o.ui);
	taken(m);
	for (int second = 0; second < CAMPAIGN_SECONDS; second++) {
		long bytes = 0;

		for (int i = 0; i < 4; i++) {
			send_some(other);
			o.ms += 250;
			route_apply(o.ui, NULL, desk_on_tick(&o.desk, o.ui));
			ui_pass_time(o.ui);
			if (ui_stale(o.ui))
				ui_paint(o.ui);
			bytes += taken(m);
		}
		most = bytes > most ? bytes : most;
	}
	printf("%s %dx%d\n", type, cols, rows);
	report(m, "a campaign being sent, the dearest second", most, 500);
	session_close(other);
	office_close(&o);
	taken(m);
}

int main(void)
{
	struct counter m = { .pipe = { -1, -1 } };

	setlocale(LC_ALL, "");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, m.pipe))
		return 1;
	fcntl(m.pipe[0], F_SETFL, O_NONBLOCK);
	measure(&m, "xterm-256color", 40, 120);
	measure(&m, "xterm-256color", 24, 80);
	measure(&m, "xterm", 24, 80);
	measure_campaign(&m, "xterm-256color", 40, 120);
	measure_campaign(&m, "xterm-256color", 24, 80);
	measure_campaign(&m, "xterm", 24, 80);
	office_end();
	return m.over;
}
