/*
 * What invented customers are called and where they live: the words of the demo
 * generator (demo.h). Constant tables; the commonest entries stand first and are
 * drawn more often.
 */
#ifndef DEMO_NAMES_H
#define DEMO_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct demo_list {
	const char *const *words;
	size_t count;
};

enum demo_pool {
	POOL_CHRISTIAN,
	POOL_MUSLIM,
	POOL_MOSSI,
	POOL_AKAN,
	POOL_WOLOF,
	POOL_GULF, /* Ewe and Fon, on the Gulf of Guinea */
	POOL_FRENCH,
	POOL_COUNT
};

/* Given names of a pool: [0] men's, [1] women's. */
extern const struct demo_list demo_given[POOL_COUNT][2];

/* Numbers are made of a prefix and `digits` free ones. */
struct demo_numbers {
	struct demo_list prefixes;
	int digits;
};

struct demo_city {
	const char *name;
	const char *postcode; /* "" where the country has none */
	uint16_t weight;
};

/* "Secteur 12", "12 rue Victor-Hugo": a number between two texts. */
struct demo_street {
	const char *before;
	const char *after;
	uint16_t lo, hi;
};

struct demo_country {
	const char *iso; /* in the table of countries */
	int share;	 /* of a hundred customers */
	struct demo_list families;
	uint16_t pools[POOL_COUNT]; /* how often a given name comes from each */
	struct demo_numbers mobile, fixed;
	struct demo_list places; /* for firms: "Sahel Négoce SARL" */
	const struct demo_city *cities;
	size_t city_count;
	const struct demo_street *streets;
	size_t street_count;
};

/* Their shares are 100 in all; the first is the demo company's own. */
extern const struct demo_country demo_countries[];
extern const size_t demo_country_count;

enum demo_firm_form {
	FIRM_FAMILY, /* Établissements Nikiéma */
	FIRM_MOTTO,  /* Garage du Progrès */
	FIRM_GIVEN,  /* Couture Awa */
	FIRM_CITY,   /* Coopérative agricole de Kaya */
	FIRM_PLACE,  /* Sahel Négoce SARL: the word follows the place */
	FIRM_SUFFIX, /* Kaboré & Fils: the word follows the family */
};

struct demo_trade {
	const char *word;
	enum demo_firm_form form;
	const char *tag; /* "" for none */
};

extern const struct demo_trade demo_trades[];
extern const size_t demo_trade_count;
extern const struct demo_list demo_mottos; /* "du Progrès" */
extern const struct demo_list demo_person_tags;
extern const struct demo_list demo_mail_domains; /* all under RFC 2606's .example */

#endif
