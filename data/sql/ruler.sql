-- The ids in use, one range a station, where a sample of customers is drawn.

-- name: ruler_first
SELECT min(customer_id) FROM customer_score
WHERE company_id = :company_id AND customer_id >= :from;

-- name: ruler_last
SELECT max(customer_id) FROM customer_score
WHERE company_id = :company_id AND customer_id < :to;
