-- What doctor compares and rebuilds: these read whole tables.

-- name: rebuild_ids
SELECT id FROM customer WHERE company_id = :company_id AND id > :after ORDER BY id LIMIT :n;

-- name: rebuild_consents
UPDATE customer SET consents = :consents WHERE id = :id AND consents <> :consents;

-- name: rebuild_words_clear
INSERT INTO search_word (search_word) VALUES ('delete-all');

-- name: rebuild_parts_clear
INSERT INTO search_part (search_part) VALUES ('delete-all');

-- Whoever should be found, against whoever can be.

-- name: rebuild_search_wrong
WITH wanted (id) AS (
  SELECT id FROM customer WHERE merged_into IS NULL
  UNION ALL
  SELECT k.id FROM contact k JOIN customer c ON c.id = k.customer_id WHERE c.merged_into IS NULL)
SELECT
  (SELECT count(*) FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM search_word_docsize d WHERE d.id = w.id)) +
  (SELECT count(*) FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM search_part_docsize d WHERE d.id = w.id)) +
  max(0, (SELECT count(*) FROM search_word_docsize) - (SELECT count(*) FROM wanted)) +
  max(0, (SELECT count(*) FROM search_part_docsize) - (SELECT count(*) FROM wanted));

-- name: rebuild_unscored
SELECT count(*) FROM customer c
WHERE c.company_id = :company_id AND (c.merged_into IS NULL) <> EXISTS (
  SELECT 1 FROM customer_score s WHERE s.company_id = c.company_id AND s.customer_id = c.id);

-- name: customer_keys_fit
SELECT name_key IS :name_key AND city_key IS :city_key AND account_key IS :account_key
  AND email_key IS :email_key AND phone_e164 IS :phone_e164
FROM customer WHERE id = :id;

-- name: customer_keys_write
UPDATE customer SET name_key = :name_key, city_key = :city_key, account_key = :account_key,
  email_key = :email_key, phone_e164 = :phone_e164
WHERE id = :id;
