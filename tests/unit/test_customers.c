/* The customers service: what a person does with a customer, and takes back. */
#include "with_session.h"

#include "consent_event.h"
#include "customer_list.h"
#include "customers.h"
#include "duplicates.h"
#include "rebuild.h"
#include "rng.h"
#include "undo.h"

static struct customer draft(const char *name, const char *first_name)
{
	struct customer c = CUSTOMER_INIT;

	c.name = name;
	c.first_name = first_name;
	return c;
}

static int64_t add(const char *name, const char *first_name, const char *email, const char *phone)
{
	struct customer c = draft(name, first_name);
	struct err err = ERR_INIT;

	c.email = email;
	c.phone = phone;
	with_ok(customers_add(session, &c, &err), &err);
	return c.id;
}

static struct customer_card card(int64_t id)
{
	struct customer_card out;
	struct err err = ERR_INIT;

	with_ok(customers_get(session, id, &arena, &out, &err), &err);
	return out;
}

static int64_t undo(void)
{
	struct err err = ERR_INIT;
	struct undo_result result;

	with_ok(undo_last(session, NULL, &arena, &result, &err), &err);
	return result.kept;
}

static int64_t number(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(session->db, sql);
	int64_t n;

	with_ok(stmt_number(q, -1, &n, &err), &err);
	stmt_free(q);
	return n;
}

static void counters_right(void)
{
	struct err err = ERR_INIT;
	struct tally kept, counted;

	with_ok(store_counter_read(session->db, session->company.id, &kept, &err), &err);
	with_ok(store_counter_count(session->db, session->company.id, &counted, &err), &err);
	for (int i = 0; i < COUNTER_COUNT; i++)
		if (kept.by[i] != counted.by[i])
			fail_msg("%s: kept %lld, counted %lld", counter_name((enum counter)i),
				(long long)kept.by[i], (long long)counted.by[i]);
}

static struct list_query everybody(void)
{
	return customer_list_query(session);
}

static int found(const char *text)
{
	struct list_query q = everybody();
	struct customer_hits hits;
	struct err err = ERR_INIT;

	with_ok(customers_search(session, &q, text, &arena, &hits, &err), &err);
	return hits.count;
}

/* --- entering --- */

static void customers__add__tidies_and_normalises(void **state)
{
	int64_t id = add("  Kabré ", "Awa", " Awa.Kabre@Faso.BF", "70 12 34 56");
	struct customer_card c = card(id);

	(void)state;
	assert_string_equal(c.customer.name, "Kabré");
	assert_string_equal(c.customer.email, "Awa.Kabre@Faso.BF");
	assert_string_equal(c.customer.email_key, "awa.kabre@faso.bf");
	assert_string_equal(c.customer.phone, "70 12 34 56");
	assert_string_equal(c.customer.phone_e164, "+22670123456");
	assert_int_equal(c.customer.created_at, with_now);
	assert_true(c.scored);
	assert_int_equal(c.score.score, 50);
	assert_int_equal(found("kabre"), 1);
	counters_right();
}

static void customers__add__keeps_a_wrong_address_as_typed(void **state)
{
	struct customer_card c = card(add("Zongo", "Issa", "issa@", "55 1"));

	(void)state;
	assert_string_equal(c.customer.email, "issa@");
	assert_string_equal(c.customer.email_key, "");
	assert_string_equal(c.customer.phone, "55 1");
	assert_string_equal(c.customer.phone_e164, "");
}

static void assert_refused(const struct customer *wrong, enum err_code code, const char *subject)
{
	struct customer c = *wrong;
	struct err err = ERR_INIT;

	assert_false(customers_add(session, &c, &err));
	assert_int_equal(err.code, code);
	assert_string_equal(err.subject, subject);
}

static void customers__add__refuses_what_cannot_be(void **state)
{
	struct customer c = draft("   ", "Awa");

	(void)state;
	assert_refused(&c, ERR_INVALID, "");
	c = draft("Kabré", "");
	c.country = "XX";
	assert_refused(&c, ERR_INVALID, "XX");
	c.country = "";
	c.channels = "SMS,FAX";
	assert_refused(&c, ERR_INVALID, "SMS,FAX");
	c.channels = "";
	c.time_zone = "Africa/Nowhere";
	assert_refused(&c, ERR_INVALID, "Africa/Nowhere");
	c.time_zone = "";
	c.street = "Rue\x1b[31m";
	assert_refused(&c, ERR_INVALID, "Rue\x1b[31m");
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
}

static void customers__add__says_whose_key_it_is(void **state)
{
	struct customer c = draft("Kabré", "Awa");
	struct err err = ERR_INIT;

	(void)state;
	c.account_key = "411042";
	with_ok(customers_add(session, &c, &err), &err);
	assert_refused(&c, ERR_DUPLICATE, "411042");
}

static void customers__add__can_be_undone(void **state)
{
	int64_t id = add("Kabré", "Awa", "", "");
	struct customer_card out;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(undo(), 0);
	assert_false(customers_get(session, id, &arena, &out, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_int_equal(found("kabre"), 0);
	counters_right();
}

static void customers__add__needs_the_right(void **state)
{
	struct customer c = draft("Kabré", "Awa");

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_refused(&c, ERR_FORBIDDEN, right_label(RIGHT_CUSTOMERS_CHANGE));
}

/* --- editing --- */

static void customers__edit__saves_and_can_be_undone(void **state)
{
	int64_t id = add("Kabré", "Awa", "awa@faso.bf", "");
	struct customer before = card(id).customer, after = before;
	struct customer_conflict conflict;
	struct customer_act *acts;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	after.email = "awa.kabre@faso.bf";
	after.city = "Ouahigouya";
	with_ok(customers_edit(session, &before, &after, &arena, &conflict, &err), &err);
	assert_string_equal(card(id).customer.email_key, "awa.kabre@faso.bf");
	assert_string_equal(after.email_key, "awa.kabre@faso.bf");
	assert_int_equal(after.revision, 2);
	with_ok(customers_history(session, id, 0, 10, &arena, &acts, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_string_equal(acts[0].action, "customer.edit");
	assert_string_equal(acts[0].detail, "{\"fields\":[\"EMAIL\",\"CITY\"]}");
	assert_string_equal(acts[1].action, "customer.make");
	assert_int_equal(undo(), 0);
	assert_string_equal(card(id).customer.email, "awa@faso.bf");
	assert_string_equal(card(id).customer.city, "");
	counters_right();
}

static void customers__edit__of_nothing_leaves_no_trace(void **state)
{
	int64_t id = add("Kabré", "Awa", "", "");
	struct customer before = card(id).customer, after = before;
	struct customer_conflict conflict;
	struct err err = ERR_INIT;

	(void)state;
	with_ok(customers_edit(session, &before, &after, &arena, &conflict, &err), &err);
	assert_int_equal(card(id).customer.revision, 1);
	assert_int_equal(number("SELECT count(*) FROM audit WHERE action = 'customer.edit'"), 0);
	assert_int_equal(number("SELECT count(*) FROM journal"), 1);
}

static void customers__edit__different_fields_meet(void **state)
{
	int64_t id = add("Kabré", "Awa", "", "");
	struct customer before = card(id).customer, theirs = before, mine = before;
	struct customer_conflict conflict;
	struct err err = ERR_INIT;

	(void)state;
	theirs.phone = "76 00 11 22";
	mine.city = "Kaya";
	with_ok(customers_edit(session, &before, &theirs, &arena, &conflict, &err), &err);
	with_ok(customers_edit(session, &before, &mine, &arena, &conflict, &err), &err);
	assert_string_equal(card(id).customer.phone_e164, "+22676001122");
	assert_string_equal(card(id).customer.city, "Kaya");
	assert_string_equal(mine.phone, "76 00 11 22");
}

static void customers__edit__the_same_field_is_a_conflict(void **state)
{
	int64_t id = add("Kabré", "Awa", "", "");
	struct customer before = card(id).customer, theirs = before, mine = before;
	struct customer_conflict conflict;
	struct err err = ERR_INIT;

	(void)state;
	theirs.phone = "76 00 11 22";
	theirs.city = "Kaya";
	mine.phone = "70 00 00 00";
	mine.city = "Kaya"; /* the same thing: no conflict */
	with_ok(customers_edit(session, &before, &theirs, &arena, &conflict, &err), &err);
	assert_false(customers_edit(session, &before, &mine, &arena, &conflict, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(conflict.fields, CF_BIT(CF_PHONE));
	assert_string_equal(conflict.theirs.phone, "76 00 11 22");
	assert_string_equal(mine.phone, "70 00 00 00");
	assert_string_equal(card(id).customer.phone, "76 00 11 22");
	err_clear(&err);
	with_ok(customers_edit(session, &conflict.theirs, &mine, &arena, &conflict, &err), &err);
	assert_string_equal(card(id).customer.phone, "70 00 00 00");
}

static void customers__contact__comes_and_goes(void **state)
{
	struct contact c = CONTACT_INIT;
	struct err err = ERR_INIT;

	(void)state;
	c.customer_id = add("Sahel Négoce", "", "", "");
	c.kind = CONTACT_PHONE;
	c.label = "Comptabilité";
	c.typed = "78 65 43 21";
	with_ok(customers_contact_add(session, &c, &err), &err);
	assert_string_equal(card(c.customer_id).contacts[0].value, "+22678654321");
	assert_int_equal(found("78 65"), 1);
	with_ok(customers_contact_drop(session, c.id, &err), &err);
	assert_int_equal(found("78 65"), 0);
	assert_int_equal(undo(), 0);
	assert_int_equal(card(c.customer_id).n_contacts, 1);
	assert_string_equal(card(c.customer_id).contacts[0].label, "Comptabilité");
	assert_int_equal(found("78 65"), 1);
	undo();
	counters_right();
}

/* --- many --- */

static struct bulk_result bulk(const struct customer_set *set, const struct bulk_change *change)
{
	struct bulk_result result;
	struct err err = ERR_INIT;

	with_ok(customers_bulk(session, set, change, NULL, &result, &err), &err);
	return result;
}

static const struct filter *filter(const char *text)
{
	const struct filter *f;
	struct filter_error wrong;

	assert_true(filter_parse(&arena, text, &f, &wrong));
	return f;
}

static int64_t count(const char *text)
{
	struct list_query q = everybody();
	struct err err = ERR_INIT;
	int64_t n;

	q.filter = filter(text);
	with_ok(customer_list_count(session, &q, &n, &err), &err);
	return n;
}

static void customers__bulk__tags_by_filter_and_back(void **state)
{
	struct list_query q = everybody();
	struct customer_set firms = { .query = &q, .search = "" };
	struct bulk_change tag = { .kind = BULK_TAG, .tag = "Fidèle" };
	struct bulk_change untag = { .kind = BULK_UNTAG, .tag = "FIDELE" };
	struct bulk_result r;

	(void)state;
	for (int i = 0; i < 1200; i++)
		with_customer(arena_printf(&arena, "Boutique %d", i));
	add("Kabré", "Awa", "", "");
	q.filter = filter("kind=FIRM");
	r = bulk(&firms, &tag);
	assert_int_equal(r.done, 1200);
	assert_int_equal(r.changed, 1200);
	assert_int_equal(count("tag=fidele"), 1200);
	r = bulk(&firms, &tag);
	assert_int_equal(r.changed, 0);
	assert_int_equal(r.journal_id, 0);
	q.filter = filter("tag=fidele");
	r = bulk(&firms, &untag);
	assert_int_equal(r.changed, 1200);
	assert_int_equal(count("tag=fidele"), 0);
	assert_int_equal(undo(), 0);
	assert_int_equal(count("tag=fidele"), 1200);
	assert_int_equal(undo(), 0);
	assert_int_equal(count("tag=fidele"), 0);
}

static void customers__bulk__sets_fields_of_those_named(void **state)
{
	int64_t ids[3] = { add("Kabré", "Awa", "", ""), add("Zongo", "Issa", "", ""), 1 };
	struct customer values = CUSTOMER_INIT;
	struct customer_set some = { .ids = ids, .n = 3 };
	struct bulk_change set = { .kind = BULK_SET,
		.fields = CF_BIT(CF_LANGUAGE) | CF_BIT(CF_NATURE),
		.values = &values };
	struct bulk_result r;
	struct err err = ERR_INIT;

	(void)state;
	values.language = "en";
	values.nature = NATURE_PROFESSIONAL;
	r = bulk(&some, &set);
	assert_int_equal(r.done, 2);
	assert_int_equal(r.changed, 2);
	assert_string_equal(card(ids[1]).customer.language, "en");
	assert_int_equal(card(ids[1]).customer.nature, NATURE_PROFESSIONAL);
	assert_int_equal(undo(), 0);
	assert_string_equal(card(ids[0]).customer.language, "");
	assert_int_equal(card(ids[0]).customer.nature, NATURE_PRIVATE);
	set.fields |= CF_BIT(CF_EMAIL);
	assert_false(customers_bulk(session, &some, &set, NULL, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void customers__bulk__keeps_what_was_edited_since(void **state)
{
	int64_t ids[2] = { add("Kabré", "Awa", "", ""), add("Zongo", "Issa", "", "") };
	struct customer values = CUSTOMER_INIT, before, after;
	struct customer_set some = { .ids = ids, .n = 2 };
	struct bulk_change set = { .kind = BULK_SET, .fields = CF_BIT(CF_CITY), .values = &values };
	struct customer_conflict conflict;
	struct undo_result result;
	struct err err = ERR_INIT;
	int64_t journal;

	(void)state;
	values.city = "Kaya";
	journal = bulk(&some, &set).journal_id;
	before = after = card(ids[0]).customer;
	after.street = "Rue 1";
	with_ok(customers_edit(session, &before, &after, &arena, &conflict, &err), &err);
	with_ok(undo_journal(session, journal, NULL, &arena, &result, &err), &err);
	assert_int_equal(result.taken_back, 1);
	assert_int_equal(result.kept, 1);
	assert_int_equal(result.list[0].id, ids[0]);
	assert_string_equal(card(ids[0]).customer.city, "Kaya");
	assert_string_equal(card(ids[1]).customer.city, "");
}

static bool stop_at_second(void *data, int64_t done, int64_t total)
{
	(void)total;
	*(int64_t *)data = done;
	return done < 600;
}

static void customers__bulk__stopped_keeps_what_was_done(void **state)
{
	struct list_query q = everybody();
	struct customer_set all = { .query = &q };
	struct bulk_change tag = { .kind = BULK_TAG, .tag = "gros" };
	struct bulk_result r;
	struct err err = ERR_INIT;
	int64_t done = 0;
	struct progress p = { stop_at_second, &done };

	(void)state;
	for (int i = 0; i < 1200; i++)
		with_customer(arena_printf(&arena, "Boutique %d", i));
	assert_false(customers_bulk(session, &all, &tag, &p, &r, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(r.changed, 1000);
	assert_int_equal(count("tag=gros"), 1000);
	assert_int_equal(undo(), 0);
	assert_int_equal(count("tag=gros"), 0);
}

static bool take_name(void *data, const struct customer_line *line, struct err *err)
{
	struct strbuf *names = data;

	(void)err;
	strbuf_addf(names, "%s ", line->name);
	return true;
}

static void customers__each__goes_in_order(void **state)
{
	struct list_query q = everybody();
	struct customer_set set = { .query = &q, .search = "" };
	struct strbuf names = STRBUF_INIT;
	struct err err = ERR_INIT;
	const char *last = "";
	int n = 0;

	(void)state;
	for (int i = 0; i < 1100; i++)
		with_customer(arena_printf(&arena, "B%04d", 7 * i % 1100));
	with_ok(customers_each(session, &set, take_name, &names, NULL, &err), &err);
	for (char *s = names.buf, *end; *s; s = end + 1, n++) {
		end = strchr(s, ' ');
		*end = '\0';
		assert_true(strcmp(last, s) < 0);
		last = s;
	}
	assert_int_equal(n, 1100);
	strbuf_clear(&names);
	set.search = "b109";
	with_ok(customers_each(session, &set, take_name, &names, NULL, &err), &err);
	assert_int_equal(names.len, 10 * strlen("B1090 "));
	strbuf_release(&names);
}

/* --- refusals --- */

static int64_t willing(void)
{
	struct consent_event e = CONSENT_EVENT_INIT;
	struct consent_outcome out;
	struct err err = ERR_INIT;

	e.customer_id = add("Kabré", "Awa", "awa@faso.bf", "70 12 34 56");
	e.at = with_now;
	e.source = SOURCE_FORM;
	e.granted = CONSENT_BIT(CONSENT_PROCESSING) | CONSENT_BIT(CONSENT_MARKETING) |
		    CONSENT_BIT(CONSENT_SMS) | CONSENT_BIT(CONSENT_EMAIL);
	with_ok(customers_consent(session, &e, &out, &err), &err);
	return e.customer_id;
}

static struct stop_result stop(int64_t id, uint32_t channels, bool suppress)
{
	struct stop_request r = { .customer_id = id,
		.channels = channels,
		.source = SOURCE_CALL,
		.note = "",
		.suppress = suppress };
	struct stop_result result;
	struct err err = ERR_INIT;

	with_ok(customers_stop_writing(session, &r, &result, &err), &err);
	counters_right();
	return result;
}

static void customers__stop_writing__one_channel(void **state)
{
	int64_t id = willing();
	struct customer_card c;

	(void)state;
	assert_int_equal(count("reachable=SMS"), 1);
	assert_int_equal(stop(id, 1 << CHANNEL_SMS, false).refused, CONSENT_BIT(CONSENT_SMS));
	c = card(id);
	assert_int_equal(consents_get(c.customer.consents, CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(consents_get(c.customer.consents, CONSENT_EMAIL), CONSENT_GRANTED);
	assert_int_equal(c.no_phone.id, 0);
	assert_int_equal(count("reachable=SMS"), 0);
	assert_int_equal(count("reachable=EMAIL"), 1);
}

static void customers__stop_writing__everything(void **state)
{
	int64_t id = willing();
	struct stop_result r = stop(id, 0, true);
	struct customer_card c = card(id);

	(void)state;
	assert_int_equal(r.refused, CONSENT_BIT(CONSENT_MARKETING) | CONSENT_ALL_CHANNELS);
	assert_int_equal(r.suppressed, 2);
	assert_string_equal(c.no_email.value, "awa@faso.bf");
	assert_string_equal(c.no_phone.value, "+22670123456");
	assert_int_equal(consents_get(c.customer.consents, CONSENT_PROCESSING), CONSENT_GRANTED);
	r = stop(id, 0, true);
	assert_int_equal(r.refused, 0);
	assert_int_equal(r.suppressed, 0);
}

static void customers__stop_writing__is_everybodys_duty(void **state)
{
	int64_t id = willing();

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_int_equal(stop(id, 1 << CHANNEL_SMS, false).refused, CONSENT_BIT(CONSENT_SMS));
}

static void customers__stop_writing__no_undo_lifts_it(void **state)
{
	int64_t id = willing();

	(void)state;
	stop(id, 0, true);
	undo(); /* the customer's making: there is nothing newer to take back */
	assert_int_equal(number("SELECT count(*) FROM suppression"), 2);
	counters_right();
}

static void customers__consent_correct__takes_the_addresses_back_too(void **state)
{
	int64_t id = willing();
	struct consent_event *lines;
	enum consent_verdict verdict;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	with_now += 60;
	stop(id, 0, true);
	with_ok(customers_consents(session, id, INT64_MAX, 10, &arena, &lines, &n, &err), &err);
	assert_int_equal(n, 2);
	with_now += 3600;
	with_ok(customers_consent_correct(session, id, lines[0].id, "", &verdict, &err), &err);
	assert_int_equal(verdict, CONSENT_NO_REASON);
	with_ok(customers_consent_correct(session, id, lines[0].id, "wrong row", &verdict, &err),
		&err);
	assert_int_equal(verdict, CONSENT_OK);
	assert_int_equal(consents_get(card(id).customer.consents, CONSENT_SMS), CONSENT_GRANTED);
	assert_int_equal(card(id).no_phone.id, 0);
	assert_int_equal(count("reachable=SMS"), 1);
	counters_right();
}

static void customers__suppress__needs_an_address_to_add_and_proof_to_lift(void **state)
{
	struct suppression *list;
	struct err err = ERR_INIT;
	bool added;
	int n;

	(void)state;
	assert_false(customers_suppress(session, ADDRESS_PHONE, "12", "letter", &added, &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	with_ok(customers_suppress(session, ADDRESS_PHONE, "70 12 34 56", "letter", &added, &err),
		&err);
	assert_true(added);
	with_ok(customers_suppress(session, ADDRESS_PHONE, "+22670123456", "again", &added, &err),
		&err);
	assert_false(added);
	with_ok(customers_suppressions(session, INT64_MAX, 10, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].value, "+22670123456");
	assert_string_equal(list[0].reason, "letter");
	assert_false(customers_unsuppress(session, list[0].id, "", &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	with_ok(customers_unsuppress(session, list[0].id, "form of 27/05", &err), &err);
	with_ok(customers_suppressions(session, INT64_MAX, 10, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 0);
}

/* --- notes --- */

static void customers__note__counts_as_an_interaction(void **state)
{
	struct note note = { .kind = NOTE_CALL, .text = "Rappelle lundi\npour le devis" }, *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	note.customer_id = add("Kabré", "Awa", "", "");
	with_ok(customers_note_add(session, &note, &err), &err);
	assert_int_equal(card(note.customer_id).score.last_interaction, WITH_DAY);
	with_ok(customers_notes(session, note.customer_id, INT64_MAX, INT64_MAX, 10, &arena, &list,
			&n, &err),
		&err);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].text, "Rappelle lundi\npour le devis");
	assert_string_equal(list[0].author, session->actor.login);
	with_ok(customers_note_edit(session, note.id, "Rappelle mardi", &err), &err);
	assert_int_equal(undo(), 0);
	with_ok(customers_notes(session, note.customer_id, INT64_MAX, INT64_MAX, 10, &arena, &list,
			&n, &err),
		&err);
	assert_string_equal(list[0].text, "Rappelle lundi\npour le devis");
	assert_int_equal(undo(), 0);
	assert_int_equal(card(note.customer_id).score.last_interaction, DAY_NONE);
	counters_right();
}

static void customers__note__dropped_comes_back(void **state)
{
	struct note note = { .kind = NOTE_NOTE, .text = "Préfère le matin" }, *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	note.customer_id = add("Kabré", "Awa", "", "");
	with_ok(customers_note_add(session, &note, &err), &err);
	with_now += DAY_SECONDS;
	with_ok(customers_note_drop(session, note.id, &err), &err);
	assert_int_equal(undo(), 0);
	with_ok(customers_notes(session, note.customer_id, INT64_MAX, INT64_MAX, 10, &arena, &list,
			&n, &err),
		&err);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].text, "Préfère le matin");
	assert_int_equal(list[0].at, with_now - DAY_SECONDS);
	note.text = " \n";
	assert_false(customers_note_add(session, &note, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* --- one's own --- */

static void customers__shelf__keeps_favourites_and_recent_ones(void **state)
{
	int64_t a = add("Zongo", "Issa", "", ""), b = add("Kabré", "Awa", "", "");
	struct customer_line *lines;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	with_ok(customers_favourite(session, a, true, &err), &err);
	with_ok(customers_favourite(session, b, true, &err), &err);
	with_ok(customers_favourites(session, &arena, &lines, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(lines[0].id, b);
	assert_true(card(a).favourite);
	with_ok(customers_favourite(session, a, false, &err), &err);
	assert_false(card(a).favourite);
	with_ok(customers_opened(session, b, &err), &err);
	with_now++;
	with_ok(customers_opened(session, a, &err), &err);
	with_now++;
	with_ok(customers_opened(session, b, &err), &err);
	with_ok(customers_recent(session, &arena, &lines, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(lines[0].id, b);
	assert_int_equal(lines[1].id, a);
	assert_false(customers_opened(session, 1, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void customers__filter__is_saved_in_its_canonical_form(void **state)
{
	struct saved_filter *list, f;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	with_ok(customers_filter_save(session, "À relancer", "segment = vip  score >= 70", &err),
		&err);
	with_ok(customers_filter_save(session, "a relancer", "segment=LOYAL", &err), &err);
	with_ok(customers_filters(session, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].text, "segment=LOYAL");
	with_ok(customers_filter_find(session, "A RELANCER", &arena, &f, &err), &err);
	assert_int_equal(f.id, list[0].id);
	with_ok(customers_filter_drop(session, f.id, &err), &err);
	with_ok(customers_filter_find(session, "A RELANCER", &arena, &f, &err), &err);
	assert_int_equal(f.id, 0);
	assert_false(customers_filter_save(session, "x", "segmnt=VIP", &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* --- whatever is done, what is counted and found stays right --- */

static void random_act(struct rng *rng, int64_t *ids, int n)
{
	static const char *const names[] = { "Kabré", "Ouédraogo", "N’Guessan", "Zongo" };
	int64_t id = ids[rng_below(rng, (uint64_t)n)];
	struct customer_conflict conflict;
	struct customer before, after;
	struct err err = ERR_INIT;

	switch (rng_below(rng, 9)) {
	case 0:
		stop(id, (uint32_t)rng_below(rng, 32), rng_chance(rng, 1, 2));
		return;
	case 1: {
		struct consent_event e = CONSENT_EVENT_INIT;
		struct consent_outcome out;

		e.customer_id = id;
		e.at = with_now;
		e.source = SOURCE_LETTER;
		e.note = "letter";
		e.granted = (uint32_t)rng_below(rng, 1 << CONSENT_SUBJECTS);
		with_ok(customers_consent(session, &e, &out, &err), &err);
		return;
	}
	case 2: {
		struct contact c = CONTACT_INIT;

		c.customer_id = id;
		c.kind = (enum contact_kind)rng_below(rng, CONTACT_KINDS);
		c.typed = rng_chance(rng, 1, 2) ? "awa.kabre" : "70 12 34 56";
		if (!customers_contact_add(session, &c, &err))
			assert_int_equal(err.code, ERR_GONE); /* merged away */
		return;
	}
	case 3: {
		bool added;

		with_ok(customers_suppress(
				session, ADDRESS_FACEBOOK, "awa.kabre", "", &added, &err),
			&err);
		return;
	}
	case 4: {
		int64_t other = ids[rng_below(rng, (uint64_t)n)], journal;

		if (!duplicates_merge(session, id, other, (uint32_t)rng_below(rng, 1 << CF_COUNT),
			    &journal, &err))
			assert_int_equal(err.code, ERR_INVALID);
		return;
	}
	case 5:
	case 6: {
		struct undo_result result;

		if (!undo_last(session, NULL, &arena, &result, &err))
			assert_int_equal(err.code, ERR_NOTHING_TO_UNDO);
		return;
	}
	default:
		if (!customers_get(
			    session, id, &arena, &(struct customer_card){ .n_tags = 0 }, &err))
			return;
		before = after = card(id).customer;
		after.name = names[rng_below(rng, ARRAY_SIZE(names))];
		after.email = rng_chance(rng, 1, 3) ? "" : "awa@faso.bf";
		after.phone = rng_chance(rng, 1, 3) ? "12" : "70 12 34 56";
		if (!customers_edit(session, &before, &after, &arena, &conflict, &err))
			assert_int_equal(err.code, ERR_GONE); /* merged away */
	}
}

static void customers__any_acts__leave_counters_and_search_right(void **state)
{
	struct rebuild_report report = { .differences = 0 };
	struct err err = ERR_INIT;
	struct rng rng;
	int64_t ids[8];

	(void)state;
	rng_init(&rng, 4);
	for (int i = 0; i < 8; i++)
		ids[i] = with_customer("Kaboré & Fils");
	for (int i = 0; i < 600; i++) {
		with_now += 10;
		random_act(&rng, ids, 8);
		counters_right();
	}
	with_ok(rebuild_compare(session, NULL, &report, &err), &err);
	if (report.differences)
		fail_msg("%s", report.first);
	for (int i = 0; i < 8; i++) {
		struct customer c = card(ids[i]).customer;

		assert_true(c.merged_into || found(c.name) >= 1);
	}
}

#define customers_test(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		customers_test(customers__add__tidies_and_normalises),
		customers_test(customers__add__keeps_a_wrong_address_as_typed),
		customers_test(customers__add__refuses_what_cannot_be),
		customers_test(customers__add__says_whose_key_it_is),
		customers_test(customers__add__can_be_undone),
		customers_test(customers__add__needs_the_right),
		customers_test(customers__edit__saves_and_can_be_undone),
		customers_test(customers__edit__of_nothing_leaves_no_trace),
		customers_test(customers__edit__different_fields_meet),
		customers_test(customers__edit__the_same_field_is_a_conflict),
		customers_test(customers__contact__comes_and_goes),
		customers_test(customers__bulk__tags_by_filter_and_back),
		customers_test(customers__bulk__sets_fields_of_those_named),
		customers_test(customers__bulk__keeps_what_was_edited_since),
		customers_test(customers__bulk__stopped_keeps_what_was_done),
		customers_test(customers__each__goes_in_order),
		customers_test(customers__stop_writing__one_channel),
		customers_test(customers__stop_writing__everything),
		customers_test(customers__stop_writing__is_everybodys_duty),
		customers_test(customers__stop_writing__no_undo_lifts_it),
		customers_test(customers__consent_correct__takes_the_addresses_back_too),
		customers_test(customers__suppress__needs_an_address_to_add_and_proof_to_lift),
		customers_test(customers__note__counts_as_an_interaction),
		customers_test(customers__note__dropped_comes_back),
		customers_test(customers__shelf__keeps_favourites_and_recent_ones),
		customers_test(customers__filter__is_saved_in_its_canonical_form),
		customers_test(customers__any_acts__leave_counters_and_search_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
