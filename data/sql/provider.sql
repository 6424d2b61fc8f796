-- Accounts at providers, and what was used of their limits.

-- name: provider_insert
INSERT INTO provider (company_id, name, active, fields, secrets, hourly, batch, countries, prices)
VALUES (:company_id, :name, :active, :fields, :secrets, :hourly, :batch, :countries, :prices);

-- name: provider_update
UPDATE provider SET active = :active, fields = :fields, secrets = :secrets, hourly = :hourly,
  batch = :batch, countries = :countries, prices = :prices, revision = revision + 1
WHERE company_id = :company_id AND name = :name AND revision = :revision;

-- name: provider_get
SELECT name, active, fields, secrets, hourly, batch, countries, prices, tested_at, tested_ok,
  state, state_until, state_code, errors, revision
FROM provider WHERE company_id = :company_id AND name = :name;

-- name: provider_list
SELECT name, active, fields, secrets, hourly, batch, countries, prices, tested_at, tested_ok,
  state, state_until, state_code, errors, revision
FROM provider WHERE company_id = :company_id ORDER BY name;

-- name: provider_state
UPDATE provider SET state = :state, state_until = :until, state_code = :code, errors = :errors
WHERE company_id = :company_id AND name = :name;

-- name: provider_tested
UPDATE provider SET tested_at = :at, tested_ok = :ok
WHERE company_id = :company_id AND name = :name;

-- The whole store's: the key under which they were sealed is lost.

-- name: provider_forget
UPDATE provider SET secrets = NULL, revision = revision + 1 WHERE secrets IS NOT NULL;

-- name: rate_load
SELECT scope, minute, used FROM rate_use
WHERE company_id = :company_id AND minute >= :since ORDER BY scope, minute;

-- name: rate_add
INSERT INTO rate_use (company_id, scope, minute, used) VALUES (:company_id, :scope, :minute, :used)
ON CONFLICT DO UPDATE SET used = used + excluded.used;

-- name: rate_drop
DELETE FROM rate_use WHERE company_id = :company_id AND minute < :before;
