#include "meter.h"

#include "chart.h"
#include "i18n.h"
#include "num.h"
#include "words.h"

#define SAMPLE_MS 500 /* samples are this far apart */
#define SPEAK_MS 1000 /* no rate before that much was seen */
#define BAR_MOST 30

void meter_start(struct meter *p, int64_t total, int64_t now)
{
	*p = (struct meter){ .total = total };
	p->samples[0].ms = now;
	p->count = 1;
}

void meter_set(struct meter *p, int64_t done, int64_t total, int64_t now)
{
	if (!p->count)
		meter_start(p, total, now);
	p->done = done;
	p->total = total;
	if (p->count > 1 && now - p->samples[p->count - 2].ms < SAMPLE_MS) {
		p->count--; /* the newest is replaced until it is far enough */
	} else if (p->count == METER_SAMPLES) {
		p->count--;
		memmove(p->samples, p->samples + 1, (size_t)p->count * sizeof(*p->samples));
	}
	p->samples[p->count].ms = now;
	p->samples[p->count].done = done;
	p->count++;
}

int64_t meter_rate(const struct meter *p)
{
	int64_t ms, done;

	if (p->count < 2)
		return -1;
	ms = p->samples[p->count - 1].ms - p->samples[0].ms;
	done = p->samples[p->count - 1].done - p->samples[0].done;
	return ms < SPEAK_MS ? -1 : done * 1000 / ms;
}

int64_t meter_left(const struct meter *p)
{
	int64_t rate = meter_rate(p);

	if (rate <= 0 || p->total < 0)
		return -1;
	return p->done >= p->total ? 0 : (p->total - p->done + rate - 1) / rate;
}

void meter_words(const struct meter *p, struct strbuf *out)
{
	struct strbuf part = STRBUF_INIT;

	words_count(out, p->done);
	if (p->total >= 0) {
		strbuf_addc(out, '/');
		words_count(out, p->total);
	}
	if (meter_rate(p) >= 0) {
		words_count(&part, meter_rate(p));
		/* TRANSLATORS: a rate, things per second, after a comma. */
		strbuf_addf(out, _(", %s/s"), part.buf);
	}
	if (meter_left(p) >= 0) {
		strbuf_clear(&part);
		words_duration(&part, meter_left(p));
		/* TRANSLATORS: %s is a duration, the time left, after a comma. */
		strbuf_addf(out, _(", %s left"), part.buf);
	}
	strbuf_release(&part);
}

void meter_draw(const struct meter *p, struct canvas *c, struct rect r)
{
	struct strbuf words = STRBUF_INIT;
	int w = r.w / 2 < BAR_MOST ? r.w / 2 : BAR_MOST;

	if (p->total > 0) {
		chart_gauge(c, r.y, r.x, w, ROLE_GOOD, p->done, p->total);
		rect_left(&r, w + 1);
		num_format_percent(&words, p->done * 1000 / p->total, words_lang());
		rect_left(&r, 1 + draw_text(c, r.y, r.x, 8, ROLE_EMPHASIS, words.buf));
		strbuf_clear(&words);
	}
	meter_words(p, &words);
	draw_text(c, r.y, r.x, r.w, ROLE_NORMAL, words.buf);
	strbuf_release(&words);
}
