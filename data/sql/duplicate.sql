-- Duplicates: where to look for them, and merging two records.

-- name: duplicate_sounds
SELECT rowid FROM search_word WHERE search_word MATCH :match ORDER BY rowid LIMIT :most;

-- name: duplicate_sound_groups
SELECT term FROM search_vocab
WHERE col = 'sound' AND doc BETWEEN 2 AND :most AND term > :after LIMIT :n;

-- name: duplicate_emails
SELECT email_key FROM customer INDEXED BY customer_by_email
WHERE company_id = :company_id AND email_key IS NOT NULL AND email_key > :after
GROUP BY email_key HAVING count(*) BETWEEN 2 AND :most ORDER BY email_key LIMIT :n;

-- name: duplicate_phones
SELECT phone_e164 FROM customer INDEXED BY customer_by_phone
WHERE company_id = :company_id AND phone_e164 IS NOT NULL AND phone_e164 > :after
GROUP BY phone_e164 HAVING count(*) BETWEEN 2 AND :most ORDER BY phone_e164 LIMIT :n;

-- name: duplicate_dismiss
INSERT OR IGNORE INTO not_duplicate (company_id, low_id, high_id, at)
VALUES (:company_id, :low_id, :high_id, :at);

-- name: duplicate_dismissed
SELECT 1 FROM not_duplicate
WHERE company_id = :company_id AND low_id = :low_id AND high_id = :high_id;

-- name: merge_mark
UPDATE customer SET merged_into = :into, account_key = :account_key, revision = revision + 1
WHERE id = :id AND company_id = :company_id;

-- Rows that follow their customer: which, and one of them.

-- name: merge_invoices
SELECT id FROM invoice WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: merge_payments
SELECT id FROM payment WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: merge_notes
SELECT id FROM note WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: merge_tasks
SELECT id FROM task WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: merge_records
SELECT id FROM customer WHERE merged_into = :customer_id AND company_id = :company_id;

-- One that both were written by the same campaign stays where it is.
-- name: merge_messages
SELECT m.id FROM message m WHERE m.company_id = :company_id AND m.customer_id = :customer_id
  AND NOT EXISTS (SELECT 1 FROM message w WHERE w.company_id = :company_id
    AND w.campaign_id = m.campaign_id AND w.customer_id = :winner_id);

-- name: merge_move_message
UPDATE message SET customer_id = :to
WHERE id = :id AND company_id = :company_id AND customer_id = :from;

-- name: merge_move_invoice
UPDATE invoice SET customer_id = :to
WHERE id = :id AND company_id = :company_id AND customer_id = :from;

-- name: merge_move_payment
UPDATE payment SET customer_id = :to
WHERE id = :id AND company_id = :company_id AND customer_id = :from;

-- name: merge_move_note
UPDATE note SET customer_id = :to
WHERE id = :id AND company_id = :company_id AND customer_id = :from;

-- name: merge_move_task
UPDATE task SET customer_id = :to
WHERE id = :id AND company_id = :company_id AND customer_id = :from;

-- name: merge_move_record
UPDATE customer SET merged_into = :to
WHERE id = :id AND company_id = :company_id AND merged_into = :from;
