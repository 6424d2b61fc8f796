/*
 * Which column of a table that comes in means what: the fields of each kind of
 * import, the headers under which accounting programs export them, and the
 * mapping of one file's columns to them. Pure; any thread.
 *
 * Columns count from 0 here and from 1 for people ("--map phone=3").
 */
#ifndef MAPPING_H
#define MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "err.h"
#include "strbuf.h"

enum import_kind { IMPORT_CUSTOMERS, IMPORT_INVOICES, IMPORT_PAYMENTS, IMPORT_KINDS };

const char *import_kind_word(enum import_kind v);
const char *import_kind_label(enum import_kind v);
bool import_kind_parse(const char *s, enum import_kind *v) MUST_USE;

/* The fields, kind by kind; mapping.c has one line for each. */
enum import_field {
	CUSTOMER_CODE,
	CUSTOMER_NAME,
	CUSTOMER_FIRST_NAME,
	CUSTOMER_FIRM,
	CUSTOMER_KIND,
	CUSTOMER_EMAIL,
	CUSTOMER_PHONE,
	CUSTOMER_MOBILE,
	CUSTOMER_STREET,
	CUSTOMER_POSTCODE,
	CUSTOMER_CITY,
	CUSTOMER_COUNTRY,
	CUSTOMER_BIRTH_DAY,
	CUSTOMER_LANGUAGE,
	CUSTOMER_OK_PROCESSING, /* the opt-ins, in the order of enum consent_subject */
	CUSTOMER_OK_MARKETING,
	CUSTOMER_OK_EMAIL,
	CUSTOMER_OK_SMS,
	CUSTOMER_OK_WHATSAPP,
	CUSTOMER_OK_FACEBOOK,
	CUSTOMER_OK_INSTAGRAM,
	CUSTOMER_OK_CALLS,
	INVOICE_NUMBER,
	INVOICE_CUSTOMER,
	INVOICE_CUSTOMER_NAME,
	INVOICE_ISSUED,
	INVOICE_DUE,
	INVOICE_TOTAL,
	INVOICE_TYPE,
	INVOICE_CREDITS,
	INVOICE_CURRENCY,
	INVOICE_RATE,
	PAYMENT_INVOICE,
	PAYMENT_CUSTOMER,
	PAYMENT_DAY,
	PAYMENT_AMOUNT,
	PAYMENT_REFERENCE,
	PAYMENT_CURRENCY,
	PAYMENT_RATE,
	IMPORT_FIELDS
};

enum field_type {
	TYPE_TEXT,
	TYPE_MONEY,
	TYPE_RATE,
	TYPE_DATE,
	TYPE_EMAIL,
	TYPE_PHONE,
	TYPE_YES_NO,
	TYPE_WORD, /* one of a few words */
};

struct import_field_info {
	enum import_kind kind;
	const char *name;  /* as typed: --map issued=Date */
	const char *label; /* English, to be translated */
	enum field_type type;
	bool required;
	const char *headers; /* folded, '|' between, the surest first */
};

const struct import_field_info *import_field_info(enum import_field field);
/* The fields of a kind are first <= f < end. */
void import_fields_of(enum import_kind kind, enum import_field *first, enum import_field *end);
/* By its typed name. */
bool import_field_find(enum import_kind kind, const char *name, enum import_field *out) MUST_USE;

struct mapping {
	enum import_kind kind;
	int column[IMPORT_FIELDS]; /* -1: not in the file */
};

void mapping_init(struct mapping *m, enum import_kind kind);
/* Gives the column to the field, and takes it from whoever had it. -1 clears. */
void mapping_set(struct mapping *m, enum import_field field, int column);
/* The field a column is read as, or IMPORT_FIELDS. */
enum import_field mapping_field(const struct mapping *m, int column);

/* Maps every column whose header is known; returns how many. `headers` as they
 * stand in the file. Fields that are mapped already stay. */
size_t mapping_match(struct mapping *m, const char *const *headers, size_t n);
/* How many cells are headers of this kind: more than none, and the line is one. */
size_t mapping_headers(enum import_kind kind, const char *const *cells, size_t n) MUST_USE;
/* Which kind a header line is most likely of; false if it has no known header. */
bool mapping_guess_kind(const char *const *headers, size_t n, enum import_kind *out) MUST_USE;

/* "phone=Tel", "name=3", "mobile=-" (leave it out). ERR_MAP_FIELD, ERR_MAP_COLUMN. */
bool mapping_by_hand(struct mapping *m, const char *spec, const char *const *headers, size_t n,
	struct err *err) MUST_USE;

/* "name=1,phone=3": to be kept, and read again. What is unknown is left aside. */
void mapping_write(const struct mapping *m, struct strbuf *out);
void mapping_read(struct mapping *m, const char *written, size_t n_columns);

/* A header as it is compared: its words, folded, without the small ones. */
void mapping_fold_header(struct strbuf *out, const char *header);

/* A cell that says yes or no, in French or English, as flags and as marks.
 * *yes is 1, 0, or -1 where it says nothing ("", "?"); false if it is no answer. */
bool import_yes_no(const char *s, int *yes) MUST_USE;

#endif
