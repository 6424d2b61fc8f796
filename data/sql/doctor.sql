-- Questions that only doctor asks: they read whole tables.

-- name: doctor_payments
SELECT count(*) FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id
WHERE i.id IS NULL OR i.company_id <> p.company_id OR i.customer_id <> p.customer_id;

-- name: doctor_imports
SELECT count(*) FROM import_run
WHERE company_id = :company_id AND status IN ('RUNNING', 'UNDOING');
