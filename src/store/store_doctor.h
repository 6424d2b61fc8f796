/* Questions that only doctor asks: they read whole tables. */
#ifndef STORE_DOCTOR_H
#define STORE_DOCTOR_H

#include "db.h"

/* Payments whose invoice is missing or belongs to another customer. */
bool store_doctor_payments(struct db *db, int64_t *n, struct err *err) MUST_USE;
/* Imports of the company that are neither done nor undone. */
bool store_doctor_imports(struct db *db, int64_t company_id, int64_t *n, struct err *err) MUST_USE;

#endif
