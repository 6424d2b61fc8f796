/* The composition root: the only place that knows every layer. */
#include "cli.h"
#include "screens.h"

int main(int argc, char **argv)
{
	struct screens_options o = {
		.store = cli_early(argc - 1, argv + 1, "--store"),
		.company = cli_early(argc - 1, argv + 1, "--company"),
		.language = cli_early(argc - 1, argv + 1, "--lang"),
	};

	if (argc < 1 || cli_wants(argc, argv))
		return cli_run(argc, argv);
	if (!o.store)
		o.store = getenv("ECOMPTA_STORE");
	if (!o.company)
		o.company = getenv("ECOMPTA_COMPANY");
	return screens_run(&o);
}
