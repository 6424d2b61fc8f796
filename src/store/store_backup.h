/* What a copy of the store is compared by. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "db.h"

struct store_counts {
	int64_t customers;
	int64_t invoices;
	int64_t payments;
};

/* Rows of all companies. */
bool store_backup_counts(struct db *db, struct store_counts *out, struct err *err) MUST_USE;

#endif
