-- Invoices and payments: written by imports, read by page, taken away by undo.

-- name: invoice_insert
INSERT INTO invoice (id, company_id, customer_id, number, issued, due, total, credits_id,
  original_total, original_currency)
VALUES (:id, :company_id, :customer_id, :number, :issued, :due, :total, :credits_id,
  :original_total, :original_currency);

-- name: invoice_set_due
UPDATE invoice SET due = :due WHERE id = :id AND company_id = :company_id;

-- name: payment_insert
INSERT INTO payment (id, company_id, customer_id, invoice_id, reference, paid_on, amount)
VALUES (:id, :company_id, :customer_id, :invoice_id, :reference, :paid_on, :amount);

-- name: invoice_find
SELECT id, company_id, customer_id, number, issued, due, total, credits_id, original_total,
  original_currency
FROM invoice WHERE company_id = :company_id AND number = :number;

-- name: payment_find
SELECT id, company_id, customer_id, invoice_id, reference, paid_on, amount
FROM payment WHERE company_id = :company_id AND reference = :reference;

-- name: invoice_get
SELECT id, company_id, customer_id, number, issued, due, total, credits_id, original_total,
  original_currency
FROM invoice WHERE company_id = :company_id AND id = :id;

-- name: invoice_page
SELECT id, company_id, customer_id, number, issued, due, total, credits_id, original_total,
  original_currency
FROM invoice
WHERE company_id = :company_id AND customer_id = :customer_id AND (issued, id) < (:day, :id)
ORDER BY issued DESC, id DESC LIMIT :n;

-- What settles an invoice, in the order of its days: payments and credit notes.
-- name: invoice_settled
SELECT paid_on AS day, amount FROM payment
WHERE company_id = :company_id AND customer_id = :customer_id AND invoice_id = :id
UNION ALL
SELECT issued, -total FROM invoice
WHERE company_id = :company_id AND credits_id = :id AND customer_id = :customer_id AND total < 0
ORDER BY day;

-- Sorts the payments of this one customer: an index for it would cost every load.
-- name: payment_newest
SELECT p.id, p.company_id, p.customer_id, p.invoice_id, p.reference, p.paid_on, p.amount, i.number
FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id AND i.company_id = p.company_id
WHERE p.company_id = :company_id AND p.customer_id = :customer_id
  AND (p.paid_on, p.id) < (:day, :id)
ORDER BY p.paid_on DESC, p.id DESC LIMIT :n;

-- An invoice that a payment hangs on stays.
-- name: invoice_undo_tombstone
INSERT INTO tombstone (id, company_id, kind, at)
SELECT i.id, i.company_id, 'invoice', :at FROM invoice i
WHERE i.id BETWEEN :from AND :to AND +i.company_id = :company_id AND NOT EXISTS (
  SELECT 1 FROM payment p WHERE p.company_id = i.company_id AND p.customer_id = i.customer_id
    AND p.invoice_id = i.id)
ON CONFLICT DO UPDATE SET at = excluded.at;

-- name: invoice_undo
DELETE FROM invoice AS i
WHERE i.id BETWEEN :from AND :to AND +i.company_id = :company_id AND NOT EXISTS (
  SELECT 1 FROM payment p WHERE p.company_id = i.company_id AND p.customer_id = i.customer_id
    AND p.invoice_id = i.id)
RETURNING customer_id;

-- name: invoice_undo_kept
SELECT count(*) FROM invoice WHERE id BETWEEN :from AND :to AND +company_id = :company_id;

-- name: invoice_left
SELECT id FROM invoice WHERE id BETWEEN :from AND :to AND +company_id = :company_id;

-- name: payment_undo_tombstone
INSERT INTO tombstone (id, company_id, kind, at)
SELECT id, company_id, 'payment', :at FROM payment
WHERE id BETWEEN :from AND :to AND +company_id = :company_id
ON CONFLICT DO UPDATE SET at = excluded.at;

-- name: payment_undo
DELETE FROM payment WHERE id BETWEEN :from AND :to AND +company_id = :company_id
RETURNING customer_id;
