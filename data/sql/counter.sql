-- Counters, and how they are counted anew.

-- name: counter_add
INSERT INTO counter (company_id, name, value) VALUES (:company_id, :name, :value)
ON CONFLICT DO UPDATE SET value = value + excluded.value;

-- name: counter_read
SELECT name, value FROM counter WHERE company_id = :company_id;

-- name: counter_count_scores
SELECT segment, count(*), sum(active), sum(score), sum(churn >= 7), sum(overdue > 0), sum(overdue),
  sum(overdue_30), sum(overdue_60), sum(overdue_90), sum(revenue)
FROM customer_score WHERE company_id = :company_id GROUP BY segment;

-- name: counter_count_reach
SELECT consents,
  email_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM suppression x
    WHERE x.company_id = c.company_id AND x.kind = 'EMAIL' AND x.value = c.email_key),
  phone_e164 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM suppression x
    WHERE x.company_id = c.company_id AND x.kind = 'PHONE' AND x.value = c.phone_e164),
  count(*)
FROM customer c WHERE company_id = :company_id AND merged_into IS NULL GROUP BY 1, 2, 3;

-- name: counter_count_handles
SELECT c.consents, k.kind, count(DISTINCT c.id)
FROM contact k CROSS JOIN customer c ON c.id = k.customer_id
WHERE k.company_id = :company_id AND k.kind IN ('FACEBOOK', 'INSTAGRAM') AND k.value IS NOT NULL
  AND c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM suppression x
    WHERE x.company_id = k.company_id AND x.kind = k.kind AND x.value = k.value)
GROUP BY 1, 2;
