#include "places.h"

#include "customers_view.h"
#include "first_view.h"
#include "home_view.h"
#include "i18n.h"
#include "tasks_view.h"

static const struct ui_place places[] = {
	{ 'h', 1, &home_view, NULL },
	{ 'c', 2, &customers_view, NULL },
	{ 't', 0, &tasks_view, NULL },
};

static const struct ui_place no_company[] = {
	{ 'h', 0, &first_view, NULL },
};

void places_of(const struct desk *d, struct ui_config *config)
{
	config->places = d->s->company.id ? places : no_company;
	config->place_count = d->s->company.id ? ARRAY_SIZE(places) : ARRAY_SIZE(no_company);
}
