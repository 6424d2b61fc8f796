-- The columns in the order that store_score.c reads them.
-- name: score_get
SELECT customer_id, score, segment, behaviour, churn, revenue, purchases, delay_days,
  last_purchase, last_interaction, lifetime_value, satisfaction, overdue, overdue_30, overdue_60,
  overdue_90, overdue_since, active, computed_on
FROM customer_score WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_insert
INSERT INTO customer_score (company_id, customer_id, score, segment, behaviour, churn, revenue,
  purchases, delay_days, last_purchase, last_interaction, lifetime_value, satisfaction, overdue,
  overdue_30, overdue_60, overdue_90, overdue_since, active, computed_on)
VALUES (:company_id, :customer_id, :score, :segment, :behaviour, :churn, :revenue,
  :purchases, :delay_days, :last_purchase, :last_interaction, :lifetime_value, :satisfaction,
  :overdue, :overdue_30, :overdue_60, :overdue_90, :overdue_since, :active, :computed_on);

-- name: score_delete
DELETE FROM customer_score WHERE company_id = :company_id AND customer_id = :customer_id;

-- The merge of the recalculation: five cursors in the order of customers.
-- name: scan_scores
SELECT customer_id, score, segment, behaviour, churn, revenue, purchases, delay_days,
  last_purchase, last_interaction, lifetime_value, satisfaction, overdue, overdue_30, overdue_60,
  overdue_90, overdue_since, active, computed_on
FROM customer_score
WHERE company_id = :company_id AND customer_id BETWEEN :from AND :to
ORDER BY customer_id;

-- name: scan_invoices
SELECT customer_id, id, issued, due, total, credits_id FROM invoice
WHERE company_id = :company_id AND customer_id BETWEEN :from AND :to
ORDER BY customer_id, issued, id;

-- name: scan_payments
SELECT customer_id, invoice_id, paid_on, amount FROM payment
WHERE company_id = :company_id AND customer_id BETWEEN :from AND :to
ORDER BY customer_id, invoice_id, paid_on;

-- name: scan_notes
SELECT customer_id, max(at) FROM note
WHERE company_id = :company_id AND customer_id BETWEEN :from AND :to AND at < :until
GROUP BY customer_id ORDER BY customer_id;

-- name: scan_erased
SELECT id FROM customer
WHERE company_id = :company_id AND id BETWEEN :from AND :to AND anonymised_at IS NOT NULL
ORDER BY id;

-- A change writes the columns without an index, and of the others only those
-- that differ: what is not named here costs no index its two writes.
-- name: score_put_plain
UPDATE customer_score SET behaviour = :behaviour, purchases = :purchases,
  delay_days = :delay_days, lifetime_value = :lifetime_value, satisfaction = :satisfaction,
  active = :active, computed_on = :computed_on
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_score
UPDATE customer_score SET score = :score, segment = :segment, behaviour = :behaviour,
  purchases = :purchases, delay_days = :delay_days, lifetime_value = :lifetime_value,
  satisfaction = :satisfaction, active = :active, computed_on = :computed_on
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_churn
UPDATE customer_score SET churn = :churn
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_revenue
UPDATE customer_score SET revenue = :revenue
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_purchase
UPDATE customer_score SET last_purchase = :last_purchase
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_interaction
UPDATE customer_score SET last_interaction = :last_interaction
WHERE company_id = :company_id AND customer_id = :customer_id;

-- name: score_put_overdue
UPDATE customer_score SET overdue = :overdue, overdue_30 = :overdue_30,
  overdue_60 = :overdue_60, overdue_90 = :overdue_90, overdue_since = :overdue_since
WHERE company_id = :company_id AND customer_id = :customer_id;

-- A second change on one day keeps what was before the first.
-- name: score_history_put
INSERT INTO score_history (company_id, customer_id, day, score_before, score_after,
  segment_before, segment_after)
VALUES (:company_id, :customer_id, :day, :score_before, :score_after,
  :segment_before, :segment_after)
ON CONFLICT DO UPDATE SET score_after = excluded.score_after,
  segment_after = excluded.segment_after;

-- name: score_history
SELECT day, score_before, score_after, segment_before, segment_after FROM score_history
WHERE company_id = :company_id AND customer_id = :customer_id AND day >= :since
  AND (score_before <> score_after OR segment_before <> segment_after)
ORDER BY day DESC LIMIT :n;

-- name: score_revenues
SELECT revenue FROM customer_score WHERE company_id = :company_id AND revenue > 0;

-- The second condition makes it the first entry of the index of its own.
-- name: score_oldest_overdue
SELECT min(overdue_since) FROM customer_score
WHERE company_id = :company_id AND overdue > 0 AND overdue_since > -2147483648;
