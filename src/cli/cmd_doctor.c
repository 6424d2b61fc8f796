/* doctor: is everything sound? */
#include "cmds.h"

#include "doctor.h"
#include "i18n.h"
#include "json_out.h"
#include "rebuild.h"

struct report {
	struct cli *cli;
	struct json_out json;
	bool problem;
};

static const char *mark(enum doctor_level level)
{
	static const char *const words[] = {
		[DOCTOR_FINE] = N_("fine"),
		[DOCTOR_REMARK] = N_("remark"),
		[DOCTOR_PROBLEM] = N_("problem"),
	};

	return words[level];
}

/* The sentence with its number in place, for the one %lld it may have. */
static void add_sentence(struct strbuf *out, const struct doctor_finding *f)
{
	const char *sentence = _(doctor_sentence(f->check));
	const char *hole = strstr(sentence, "%lld");

	if (!hole) {
		strbuf_adds(out, sentence);
		return;
	}
	strbuf_add(out, sentence, (size_t)(hole - sentence));
	strbuf_addf(out, "%lld", (long long)f->n);
	strbuf_adds(out, hole + strlen("%lld"));
}

static void print_json(struct report *r, const struct doctor_finding *f, const char *sentence)
{
	json_out_object(&r->json, NULL);
	json_out_str(&r->json, "check", doctor_name(f->check));
	json_out_str(&r->json, "level", mark(f->level));
	if (f->level != DOCTOR_FINE) {
		json_out_int(&r->json, "n", f->n);
		json_out_str(&r->json, "sentence", sentence);
		json_out_str(&r->json, "detail", f->detail);
	}
	json_out_end(&r->json);
}

static void print_text(struct report *r, const struct doctor_finding *f, const char *sentence)
{
	cli_progress_end(r->cli);
	if (f->level == DOCTOR_FINE) {
		if (r->cli->verbose)
			fprintf(r->cli->out, _("%s: %s\n"), doctor_name(f->check),
				_(mark(f->level)));
		return;
	}
	fprintf(r->cli->out, _("%s: %s\n"), _(mark(f->level)), sentence);
	if (*f->detail)
		fprintf(r->cli->out, "  %s: %s\n", doctor_name(f->check), f->detail);
}

static void tell(void *data, const struct doctor_finding *f)
{
	struct report *r = data;
	struct strbuf sentence = STRBUF_INIT;

	add_sentence(&sentence, f);
	r->problem |= f->level == DOCTOR_PROBLEM;
	if (r->cli->json)
		print_json(r, f, sentence.buf);
	else
		print_text(r, f, sentence.buf);
	strbuf_release(&sentence);
}

static int examine(struct cli *cli)
{
	struct report r = { .cli = cli };
	struct doctor d = { .tell = tell, .data = &r, .quick = cli_has(cli, "--quick") };
	struct err err = ERR_INIT;
	bool ok;

	d.progress = cli_progress(cli, _("Comparing"));
	if (cli->json) {
		json_out_init_file(&r.json, cli->out, true);
		json_out_array(&r.json, NULL);
	}
	ok = doctor_run(cli->s, &d, &err);
	cli_progress_end(cli);
	if (cli->json) {
		struct err unused = ERR_INIT;

		json_out_end(&r.json);
		if (json_out_finish(&r.json, &unused))
			putc('\n', cli->out);
	}
	if (!ok)
		return cli_fail(cli, &err);
	if (!r.problem && !cli->json && !cli->quiet)
		fprintf(cli->out, "%s\n", _("The store is sound."));
	return r.problem ? EXIT_FINDINGS : EXIT_DONE;
}

static int doctor(struct cli *cli)
{
	struct err err = ERR_INIT;
	bool ok;

	if (!cli_has(cli, "--rebuild"))
		return examine(cli);
	ok = rebuild_all(cli->s, cli_progress(cli, _("Rebuilding")), &err);
	cli_progress_end(cli);
	return ok ? examine(cli) : cli_fail(cli, &err);
}

static const struct cli_option options[] = {
	{ "--quick", NULL, N_("leave out what reads every row"), false },
	{ "--rebuild", NULL, N_("first make scores, counters and search anew from the facts"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_doctor = {
	.name = "doctor",
	.args = "",
	.help = N_("is the store sound: file, rights, links, audit trail, derived values"),
	.options = options,
	.needs = NEEDS_STORE,
	.run = doctor,
};
