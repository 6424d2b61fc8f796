#include "places.h"

#include "customers_view.h"
#include "i18n.h"
#include "tasks_view.h"

static const struct ui_place places[] = {
	{ 'c', 2, &customers_view, NULL },
	{ 't', 0, &tasks_view, NULL },
};

void places_of(const struct desk *d, struct ui_config *config)
{
	(void)d;
	config->places = places;
	config->place_count = ARRAY_SIZE(places);
}
