/* The composition root: the only place that knows every layer. */
#include "cli.h"

int main(int argc, char **argv)
{
	return cli_run(argc, argv);
}
