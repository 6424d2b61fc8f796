-- A user's own: favourites, what was opened lately, saved filters.

-- name: favourite_put
INSERT OR IGNORE INTO favourite (company_id, user_id, customer_id, at)
VALUES (:company_id, :user_id, :customer_id, :at);

-- name: favourite_drop
DELETE FROM favourite
WHERE company_id = :company_id AND user_id = :user_id AND customer_id = :customer_id;

-- name: favourite_is
SELECT 1 FROM favourite
WHERE company_id = :company_id AND user_id = :user_id AND customer_id = :customer_id;

-- name: favourite_list
SELECT c.id FROM favourite f CROSS JOIN customer c ON c.id = f.customer_id
WHERE f.company_id = :company_id AND f.user_id = :user_id AND c.merged_into IS NULL
ORDER BY c.name_key, c.id LIMIT :n;

-- name: recent_put
INSERT INTO recent (company_id, user_id, customer_id, at)
VALUES (:company_id, :user_id, :customer_id, :at)
ON CONFLICT DO UPDATE SET at = excluded.at;

-- name: recent_trim
DELETE FROM recent WHERE company_id = :company_id AND user_id = :user_id AND customer_id NOT IN (
  SELECT customer_id FROM recent WHERE company_id = :company_id AND user_id = :user_id
  ORDER BY at DESC, customer_id DESC LIMIT :keep);

-- name: recent_list
SELECT c.id FROM recent r CROSS JOIN customer c ON c.id = r.customer_id
WHERE r.company_id = :company_id AND r.user_id = :user_id AND c.merged_into IS NULL
ORDER BY r.at DESC, c.id DESC LIMIT :n;

-- name: filter_put
INSERT INTO saved_filter (id, company_id, name, name_key, filter, created_by)
VALUES (:id, :company_id, :name, :name_key, :filter, :created_by)
ON CONFLICT (company_id, name_key) DO UPDATE
SET name = excluded.name, filter = excluded.filter, created_by = excluded.created_by
RETURNING id;

-- name: filter_find
SELECT id, name, filter, created_by FROM saved_filter
WHERE company_id = :company_id AND name_key = :name_key;

-- name: filter_list
SELECT id, name, filter, created_by FROM saved_filter
WHERE company_id = :company_id ORDER BY name_key LIMIT :n;

-- name: filter_drop
DELETE FROM saved_filter WHERE id = :id AND company_id = :company_id;
