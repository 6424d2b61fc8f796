#include "tz.h"

#include <errno.h>

#include "date.h"
#include "mem.h"

#define TZ_FOLDER "/usr/share/zoneinfo"
#define TZ_FILE_MAX ((size_t)256 << 10)
#define TZ_NAME_MAX 64
#define TZ_HEADER 44
/* RFC 8536 3.2: no offset is outside -25:59:59 .. 26:00:00, taken evenly here. */
#define TZ_OFFSET_MAX (26 * 3600)

/* The day of a year on which a rule bites, and the second of that day. */
struct change {
	enum { CHANGE_JULIAN, CHANGE_DAY, CHANGE_WEEKDAY } kind;
	int month, week; /* of CHANGE_WEEKDAY: week 5 is the last */
	int day;	 /* 1..365 without the leap day; 0..365; 0 (Sunday)..6 */
	int32_t second;	 /* of the day, may be outside it */
};

/* The footer: what holds after the last transition of the file. */
struct rule {
	int32_t offset;
	bool has_summer;
	int32_t summer_offset;
	struct change start, end; /* of summer time, each by the clock before it */
};

struct tz {
	char name[TZ_NAME_MAX + 1];
	size_t count;
	int64_t *at;	  /* owned: instants at which the offset changes, ascending */
	int32_t *offset;  /* owned: the offset from at[i] on */
	int32_t earliest; /* the offset before at[0] */
	bool has_rule;
	struct rule rule;
};

/* Reads the file's bytes in order; `failed` once it ran beyond the end. */
struct input {
	const unsigned char *p, *end;
	bool failed;
};

static const unsigned char *take(struct input *in, size_t n)
{
	const unsigned char *at = in->p;

	if (in->failed || (size_t)(in->end - in->p) < n) {
		in->failed = true;
		return NULL;
	}
	in->p += n;
	return at;
}

/* A big-endian two's complement number of 4 or 8 bytes; 0 once the input failed. */
static int64_t take_number(struct input *in, size_t bytes)
{
	const unsigned char *p = take(in, bytes);
	uint64_t n = p && p[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; p && i < bytes; i++)
		n = n << 8 | p[i];
	return n > INT64_MAX ? -(int64_t)(UINT64_MAX - n) - 1 : (int64_t)n;
}

struct header {
	char version;
	size_t is_ut, is_std, leaps, times, types, chars;
};

static bool take_header(struct input *in, struct header *h)
{
	const unsigned char *p = take(in, TZ_HEADER - 6 * 4);

	if (!p || memcmp(p, "TZif", 4) != 0)
		return false;
	h->version = (char)p[4];
	h->is_ut = (size_t)take_number(in, 4);
	h->is_std = (size_t)take_number(in, 4);
	h->leaps = (size_t)take_number(in, 4);
	h->times = (size_t)take_number(in, 4);
	h->types = (size_t)take_number(in, 4);
	h->chars = (size_t)take_number(in, 4);
	return !in->failed && h->is_ut <= TZ_FILE_MAX && h->is_std <= TZ_FILE_MAX &&
	       h->leaps <= TZ_FILE_MAX && h->times <= TZ_FILE_MAX && h->types <= 256 &&
	       h->chars <= TZ_FILE_MAX;
}

static void skip_block(struct input *in, const struct header *h, size_t time_bytes)
{
	take(in, h->times * (time_bytes + 1) + h->types * 6 + h->chars +
			 h->leaps * (time_bytes + 4) + h->is_std + h->is_ut);
}

/* Zones with leap seconds ("right/...") count other instants than ours. */
static bool take_block(struct input *in, const struct header *h, size_t time_bytes, struct tz *tz)
{
	const unsigned char *index;
	int32_t types[256] = { 0 };

	if (!h->types || h->leaps || h->times * (time_bytes + 1) > (size_t)(in->end - in->p))
		return false;
	tz->count = h->times;
	tz->at = mem_zalloc(h->times, sizeof(*tz->at));
	tz->offset = mem_zalloc(h->times, sizeof(*tz->offset));
	for (size_t i = 0; i < h->times; i++) {
		tz->at[i] = take_number(in, time_bytes);
		if (i && tz->at[i] <= tz->at[i - 1])
			return false;
	}
	index = take(in, h->times);
	for (size_t i = 0; i < h->types; i++) {
		types[i] = (int32_t)take_number(in, 4);
		take(in, 2);
		if (types[i] <= -TZ_OFFSET_MAX || types[i] >= TZ_OFFSET_MAX)
			return false;
	}
	for (size_t i = 0; index && i < h->times; i++) {
		if (index[i] >= h->types)
			return false;
		tz->offset[i] = types[index[i]];
	}
	tz->earliest = types[0];
	take(in, h->chars + h->is_std + h->is_ut);
	return !in->failed;
}

/*
 * The footer is a TZ variable of POSIX (8.3), with RFC 8536's wider hours:
 * "CET-1CEST,M3.5.0,M10.5.0/3". Each parser moves `s` on; false at what it does
 * not understand.
 */
static bool rule_number(const char **s, int most, int *n)
{
	const char *from = *s;

	*n = 0;
	while (**s >= '0' && **s <= '9') {
		*n = *n * 10 + (*(*s)++ - '0');
		if (*n > most)
			return false;
	}
	return *s > from;
}

static bool rule_name(const char **s)
{
	bool quoted = **s == '<';
	const char *from = *s;

	while (**s && (quoted ? **s != '>' : !strchr("+-0123456789,", **s)))
		(*s)++;
	if (quoted && **s)
		(*s)++;
	return *s - from >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool rule_clock(const char **s, int32_t *seconds)
{
	int sign = **s == '-' ? -1 : 1, h, m = 0, sec = 0;

	if (**s == '-' || **s == '+')
		(*s)++;
	if (!rule_number(s, 167, &h))
		return false;
	if (**s == ':') {
		(*s)++;
		if (!rule_number(s, 59, &m))
			return false;
		if (**s == ':') {
			(*s)++;
			if (!rule_number(s, 59, &sec))
				return false;
		}
	}
	*seconds = sign * (h * 3600 + m * 60 + sec);
	return true;
}

/* POSIX counts offsets to the west; ours go to the east. */
static bool rule_offset(const char **s, int32_t *offset)
{
	if (!rule_clock(s, offset) || *offset <= -TZ_OFFSET_MAX || *offset >= TZ_OFFSET_MAX)
		return false;
	*offset = -*offset;
	return true;
}

static bool rule_dot(const char **s)
{
	if (**s != '.')
		return false;
	(*s)++;
	return true;
}

static bool rule_change(const char **s, struct change *c)
{
	c->second = 2 * 3600;
	if (*(*s)++ != ',')
		return false;
	if (**s == 'M') {
		(*s)++;
		c->kind = CHANGE_WEEKDAY;
		if (!rule_number(s, 12, &c->month) || !rule_dot(s) ||
			!rule_number(s, 5, &c->week) || !rule_dot(s) ||
			!rule_number(s, 6, &c->day) || !c->month || !c->week)
			return false;
	} else {
		c->kind = **s == 'J' ? CHANGE_JULIAN : CHANGE_DAY;
		*s += **s == 'J';
		if (!rule_number(s, 365, &c->day) || (c->kind == CHANGE_JULIAN && !c->day))
			return false;
	}
	if (**s != '/')
		return true;
	(*s)++;
	return rule_clock(s, &c->second);
}

static bool parse_rule(const char *s, struct rule *r)
{
	if (!rule_name(&s) || !rule_offset(&s, &r->offset))
		return false;
	if (!*s)
		return true;
	r->has_summer = true;
	r->summer_offset = r->offset + 3600;
	if (!rule_name(&s) || (*s != ',' && !rule_offset(&s, &r->summer_offset)))
		return false;
	return rule_change(&s, &r->start) && rule_change(&s, &r->end) && !*s;
}

static bool take_footer(struct input *in, struct tz *tz)
{
	const unsigned char *p = take(in, 1);
	const unsigned char *end;
	char text[128];
	size_t len;

	if (!p || *p != '\n')
		return false;
	end = memchr(in->p, '\n', (size_t)(in->end - in->p));
	len = end ? (size_t)(end - in->p) : sizeof(text);
	if (len >= sizeof(text))
		return false;
	memcpy(text, in->p, len);
	text[len] = '\0';
	/* An empty footer says that nothing is known beyond the last transition. */
	tz->has_rule = len > 0;
	return !len || parse_rule(text, &tz->rule);
}

static bool parse_file(struct tz *tz, const unsigned char *data, size_t len)
{
	struct input in = { .p = data, .end = data + len };
	struct header h;

	if (!take_header(&in, &h))
		return false;
	if (h.version < '2')
		return take_block(&in, &h, 4, tz);
	skip_block(&in, &h, 4);
	return take_header(&in, &h) && take_block(&in, &h, 8, tz) && take_footer(&in, tz);
}

/* Letters, digits and _ + - . / : nothing hidden, nothing that climbs. */
static bool name_is_sound(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > TZ_NAME_MAX || name[0] == '/' || strstr(name, ".."))
		return false;
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			    "0123456789_+-./") == len;
}

/* The whole file, *owned*; NULL with errno's error if there is none. */
static unsigned char *read_file(const char *name, size_t *len, struct err *err)
{
	const char *folder = getenv("TZDIR");
	struct strbuf path = STRBUF_INIT;
	unsigned char *data = NULL;
	FILE *f;

	strbuf_addf(&path, "%s/%s", folder && *folder ? folder : TZ_FOLDER, name);
	f = fopen(path.buf, "rb");
	if (!f) {
		err_set(err, ERR_TZ_UNKNOWN, name, "%s: %s", path.buf, strerror(errno));
		goto out;
	}
	data = mem_alloc(TZ_FILE_MAX);
	*len = fread(data, 1, TZ_FILE_MAX, f);
	/* A folder, "Africa", opens but does not read. */
	if (ferror(f)) {
		err_set(err, ERR_TZ_UNKNOWN, name, "%s: %s", path.buf, strerror(errno));
		free(data);
		data = NULL;
	}
	fclose(f);
out:
	strbuf_release(&path);
	return data;
}

struct tz *tz_load(const char *name, struct err *err)
{
	struct tz *tz;
	unsigned char *data;
	size_t len;

	if (!name_is_sound(name)) {
		err_set(err, ERR_TZ_UNKNOWN, name, "not the name of a zone");
		return NULL;
	}
	tz = mem_zalloc(1, sizeof(*tz));
	snprintf(tz->name, sizeof(tz->name), "%s", name);
	if (strcmp(name, "UTC") == 0)
		return tz;
	data = read_file(name, &len, err);
	if (!data)
		goto fail;
	if (!parse_file(tz, data, len)) {
		err_set(err, ERR_TZ_DAMAGED, name, "not a TZif file of version 1 to 4");
		goto fail;
	}
	free(data);
	return tz;
fail:
	free(data);
	tz_free(tz);
	return NULL;
}

void tz_free(struct tz *tz)
{
	if (!tz)
		return;
	free(tz->at);
	free(tz->offset);
	free(tz);
}

const char *tz_name(const struct tz *tz)
{
	return tz->name;
}

/* The instant of a change in a year, as if the zone were UTC. */
static int64_t change_in(const struct change *c, int32_t year)
{
	int32_t day = date_from_civil(year, 1, 1);

	switch (c->kind) {
	case CHANGE_JULIAN:
		day += c->day - 1 + (date_is_leap(year) && c->day >= 60);
		break;
	case CHANGE_DAY:
		day += c->day;
		break;
	case CHANGE_WEEKDAY: {
		int32_t first = date_from_civil(year, c->month, 1);
		int last = date_month_days(year, c->month);
		/* date_weekday's Sunday is 7, the rule's is 0. */
		int in_month = (c->day - date_weekday(first) % 7 + 7) % 7 + 7 * (c->week - 1);

		if (in_month >= last)
			in_month -= 7;
		day = first + in_month;
		break;
	}
	}
	return (int64_t)day * DAY_SECONDS + c->second;
}

static int32_t rule_offset_at(const struct rule *r, int64_t instant)
{
	int64_t start, end;
	int32_t year;
	bool summer;

	if (!r->has_summer)
		return r->offset;
	year = date_to_civil(date_of_instant(instant + r->offset, NULL)).year;
	start = change_in(&r->start, year) - r->offset;
	end = change_in(&r->end, year) - r->summer_offset;
	/* South of the equator summer runs over the turn of the year. */
	if (start < end)
		summer = instant >= start && instant < end;
	else
		summer = instant >= start || instant < end;
	return summer ? r->summer_offset : r->offset;
}

/* Within the years that date.h knows, so that sums cannot overflow. */
static int64_t clamp(int64_t instant)
{
	int32_t second;
	int32_t day = date_of_instant(instant, &second);

	return (int64_t)day * DAY_SECONDS + second;
}

int32_t tz_offset_at(const struct tz *tz, int64_t instant)
{
	size_t low = 0, high = tz->count;

	instant = clamp(instant);
	/* The number of changes up to the instant. */
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (tz->at[mid] <= instant)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == tz->count && tz->has_rule)
		return rule_offset_at(&tz->rule, instant);
	return low ? tz->offset[low - 1] : tz->earliest;
}

struct tz_time tz_local(const struct tz *tz, int64_t instant)
{
	int64_t local = clamp(instant) + tz_offset_at(tz, instant);
	struct tz_time t;
	int32_t second;

	t.day = date_of_instant(local, &second);
	t.minute = (int)(second / 60);
	t.second = (int)(second % 60);
	return t;
}

int64_t tz_instant(const struct tz *tz, int32_t day, int32_t second)
{
	int64_t local = (int64_t)day * DAY_SECONDS + second;
	/* No offset reaches a day, so these are the ones before and after any change. */
	int32_t before = tz_offset_at(tz, local - DAY_SECONDS);
	int32_t after = tz_offset_at(tz, local + DAY_SECONDS);

	if (tz_offset_at(tz, local - before) == before)
		return local - before;
	if (tz_offset_at(tz, local - after) == after)
		return local - after;
	/* Jumped over: the clock of before, gone on running. */
	return local - before;
}
