#include "duplicate_tell.h"

#include "i18n.h"

static const struct {
	uint32_t bit;
	const char *word;
	const char *label;
} reasons[] = {
	{ DUPLICATE_EMAIL, "EMAIL", N_("same e-mail") },
	{ DUPLICATE_PHONE, "PHONE", N_("same telephone") },
	{ DUPLICATE_NAME, "NAME", N_("similar name") },
	{ DUPLICATE_CITY, "CITY", N_("same city") },
	{ DUPLICATE_BIRTH_DAY, "BIRTH_DAY", N_("same date of birth") },
};

void duplicate_words(uint32_t why, struct strbuf *out)
{
	const char *between = "";

	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++) {
		if (!(why & reasons[i].bit))
			continue;
		strbuf_addf(out, "%s%s", between, _(reasons[i].label));
		between = ", ";
	}
}

void duplicate_tell_why(struct cli *cli, struct out_table *t, uint32_t why)
{
	struct strbuf s = STRBUF_INIT;

	for (size_t i = 0; cli->json && i < ARRAY_SIZE(reasons); i++)
		if (why & reasons[i].bit)
			strbuf_addf(&s, "%s%s", s.len ? "," : "", reasons[i].word);
	if (!cli->json)
		duplicate_words(why, &s);
	out_text(t, s.buf);
	strbuf_release(&s);
}
