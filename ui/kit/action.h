/*
 * What a person can ask for, as one row: the key line, the help screen, the
 * palette and the man page are made of these rows. The kit does not know what
 * an action does; an action is its index in the table it was handed.
 */
#ifndef ACTION_H
#define ACTION_H

struct action {
	const char *name;  /* stable: keys file, palette, man page */
	const char *label; /* N_(): one or two words for the key line */
	const char *help;  /* N_(): what it does, one line */
	unsigned needs;	   /* bits, all of which must hold, for it to be offered */
};

#endif
