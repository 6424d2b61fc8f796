/*
 * What of a customer or a contact is searched: the folded texts of its entries in
 * the search index, private to src/store. The same function makes them when an
 * entry is put in, taken out, and compared with what somebody searches.
 */
#ifndef SEARCH_ENTRY_H
#define SEARCH_ENTRY_H

#include "contact.h"
#include "customer.h"
#include "strbuf.h"

struct search_entry {
	struct strbuf name;    /* words of the names */
	struct strbuf contact; /* words of e-mail, account key and phone */
	struct strbuf sound;   /* how the name sounds (likeness.h): for duplicates */
	struct strbuf part;    /* all of it but that, one field a line */
};

#define SEARCH_ENTRY_INIT                                                                          \
	{                                                                                          \
		STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT                                 \
	}

/* Both begin with an empty entry. */
void search_entry_customer(struct search_entry *e, const struct customer *c);
void search_entry_contact(struct search_entry *e, const struct contact *c);
/* Appends what `part` holds of a customer besides the names, one field a line. */
void search_entry_rest(struct strbuf *out, const struct customer *c);
void search_entry_release(struct search_entry *e);
/* Appends the keys of a name, parted by blanks. */
void search_sound(struct strbuf *out, const char *name, const char *first_name);

#endif
