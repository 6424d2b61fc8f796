#include "import_tell.h"

#include "i18n.h"
#include "import_reason.h"
#include "say.h"

void import_told_note(void *data, const struct import_refusal *r)
{
	struct import_told *t = data;
	struct arena *a = &t->cli->arena;
	struct import_refusal kept = { .line = r->line, .refused = r->refused, .raw = "" };

	if (t->file && t->err.code == ERR_NONE && !refused_file_add(t->file, r, &t->err)) {
		refused_file_discard(t->file);
		t->file = NULL;
	}
	if ((r->refused ? t->refused.len : t->remarks.len) >= t->most)
		return;
	kept.reason = arena_strdup(a, r->reason);
	kept.field = arena_strdup(a, r->field);
	kept.value = arena_strdup(a, r->value);
	if (r->refused)
		vec_push(&t->refused, kept);
	else
		vec_push(&t->remarks, kept);
}

void import_told_release(struct import_told *t)
{
	if (t->file)
		refused_file_discard(t->file);
	vec_release(&t->refused);
	vec_release(&t->remarks);
}

static const struct out_column column_columns[] = {
	{ "column", N_("Column"), OUT_RIGHT },
	{ "header", N_("Header"), OUT_LEFT },
	{ "field", N_("Read as"), OUT_LEFT },
	{ "filled", N_("Filled"), OUT_RIGHT },
	{ "sample", N_("Example"), OUT_LEFT },
};

/* How the columns were understood. */
static void tell_columns(struct out_doc *d, const struct import_analysis *a)
{
	struct out_table *t =
		out_doc_table(d, "columns", NULL, column_columns, (int)ARRAY_SIZE(column_columns));

	for (size_t i = 0; i < a->n_columns; i++) {
		const struct import_column *c = &a->columns[i];
		bool used = c->field < IMPORT_FIELDS;

		out_int(t, (int64_t)i + 1);
		out_text(t, c->header);
		out_word(t, used ? import_field_info(c->field)->name : "",
			used ? import_field_info(c->field)->label : "–");
		out_int(t, c->filled);
		out_text(t, c->samples[0] ? c->samples[0] : "");
		out_row_end(t);
	}
	out_table_end(t);
}

/* Lines with their reasons under a heading; nothing for people if there are none. */
static void tell_lines(struct cli *cli, struct out_doc *d, const char *key, const char *title,
	enum import_kind kind, const struct import_refusal *lines, size_t n)
{
	static const struct out_column columns[] = {
		{ "line", N_("Line"), OUT_RIGHT },
		{ "reason", NULL, OUT_JSON },
		{ "field", NULL, OUT_JSON },
		{ "value", NULL, OUT_JSON },
		{ "words", N_("Reason"), OUT_LEFT },
	};
	struct out_table *t;

	if (!n && !cli->json)
		return;
	t = out_doc_table(d, key, title, columns, (int)ARRAY_SIZE(columns));
	for (size_t i = 0; i < n; i++) {
		struct strbuf words = STRBUF_INIT;

		say_refusal(&words, kind, &lines[i]);
		out_int(t, lines[i].line);
		out_text(t, lines[i].reason);
		out_text(t, lines[i].field);
		out_text(t, lines[i].value);
		out_text(t, words.buf);
		out_row_end(t);
		strbuf_release(&words);
	}
	out_table_end(t);
}

/* "and 12 more" under a list that was cut; a list that was not wanted at all has no end. */
static void tell_more(struct out_doc *d, int64_t all, size_t told)
{
	struct strbuf line = STRBUF_INIT;
	int64_t more = told ? all - (int64_t)told : 0;

	if (more > 0) {
		strbuf_addf(&line, ngettext("and %lld more", "and %lld more", (unsigned long)more),
			(long long)more);
		out_doc_line(d, line.buf);
	}
	strbuf_release(&line);
}

static void tell_counts(struct out_doc *d, const struct import_result *r)
{
	const struct import_counts *c = &r->counts;

	out_doc_int(d, "lines", NULL, r->lines);
	out_doc_int(d, "created", NULL, c->created);
	out_doc_int(d, "changed", NULL, c->changed);
	out_doc_int(d, "unchanged", NULL, c->unchanged);
	out_doc_int(d, "refused", NULL, c->refused);
	out_doc_int(d, "remarks", NULL, c->remarks);
	out_doc_int(d, "customers", NULL, c->customers);
	out_doc_int(d, "resumed_at", NULL, r->resumed_at);
	out_doc_text(d, "backup", NULL, r->backup ? r->backup : "");
	out_doc_int(d, "milliseconds", NULL, r->milliseconds);
}

void import_tell_told(struct cli *cli, struct out_doc *d, enum import_kind kind,
	const struct import_counts *counts, const struct import_told *told)
{
	tell_lines(cli, d, "refusals", _("Refused lines"), kind, told->refused.items,
		told->refused.len);
	tell_more(d, counts->refused, told->refused.len);
	tell_lines(cli, d, "remark_lines", _("Remarks on lines that were taken in"), kind,
		told->remarks.items, told->remarks.len);
	tell_more(d, counts->remarks, told->remarks.len);
}

void import_tell_columns(struct cli *cli, FILE *to, const struct import_analysis *a)
{
	struct out_doc *d = out_doc_new(to, false, cli->lang);

	tell_columns(d, a);
	out_doc_end(d);
}

/* What it came to, in words. */
static void tell_end(struct cli *cli, struct out_doc *d, enum import_kind kind, bool dry,
	const struct import_result *r)
{
	struct strbuf s = STRBUF_INIT;

	if (cli->json || cli->quiet)
		return;
	if (dry)
		strbuf_adds(&s, _("Dry run, nothing was written. It would be: "));
	say_import_counts(&s, kind, &r->counts, cli->lang);
	strbuf_addc(&s, '.');
	out_doc_section(d, NULL, s.buf);
	strbuf_clear(&s);
	if (r->resumed_at) {
		strbuf_addf(&s, _("It went on at line %lld."), (long long)r->resumed_at);
		out_doc_line(d, s.buf);
		strbuf_clear(&s);
	}
	if (r->id) {
		strbuf_addf(&s, _("“ecompta-crm undo %lld” takes it back."), (long long)r->id);
		out_doc_line(d, s.buf);
	}
	out_doc_section_end(d);
	strbuf_release(&s);
}

void import_tell(struct cli *cli, const struct import_analysis *a, enum import_kind kind, bool dry,
	const struct import_result *r, const struct import_told *told)
{
	struct out_doc *d = out_doc_new(cli->out, cli->json, cli->lang);

	if (cli->json) {
		if (r->id)
			out_doc_id(d, "id", NULL, r->id);
		out_doc_text(d, "kind", NULL, import_kind_word(kind));
		tell_counts(d, r);
	}
	if (cli->json || (dry && !cli->quiet))
		tell_columns(d, a);
	import_tell_told(cli, d, kind, &r->counts, told);
	tell_end(cli, d, kind, dry, r);
	out_doc_end(d);
}
