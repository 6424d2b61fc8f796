-- Companies, users, settings, and what the store knows of itself.

-- name: company_insert
INSERT INTO company (id, name, country, currency, time_zone, language, terms_days,
  revenue_low, revenue_mid, revenue_high, demo, created_at)
VALUES (:id, :name, :country, :currency, :time_zone, :language, :terms_days,
  :revenue_low, :revenue_mid, :revenue_high, :demo, :created_at);

-- name: company_update
UPDATE company SET name = :name, country = :country, currency = :currency,
  time_zone = :time_zone, language = :language, terms_days = :terms_days,
  revenue_low = :revenue_low, revenue_mid = :revenue_mid, revenue_high = :revenue_high,
  demo = :demo, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: company_get
SELECT id, name, country, currency, time_zone, language, terms_days,
  revenue_low, revenue_mid, revenue_high, demo, created_at, revision
FROM company WHERE id = :id;

-- name: company_list
SELECT id, name, country, currency, time_zone, language, terms_days,
  revenue_low, revenue_mid, revenue_high, demo, created_at, revision
FROM company ORDER BY id;

-- name: user_find
SELECT id, roles FROM user WHERE login = :login AND disabled_at IS NULL;

-- name: user_insert
INSERT INTO user (id, login, name, roles, created_at) VALUES (:id, :login, :name, :roles, :at);

-- name: setting_get
SELECT value FROM setting WHERE company_id = :company_id AND user_id = :user_id AND key = :key;

-- name: setting_put
INSERT INTO setting (company_id, user_id, key, value) VALUES (:company_id, :user_id, :key, :value)
ON CONFLICT DO UPDATE SET value = excluded.value;

-- name: country_rule_row
SELECT value, source, since_day FROM country_rule
WHERE company_id = :company_id AND country = :country AND rule = :rule AND since_day <= :day
ORDER BY since_day DESC LIMIT 1;

-- name: country_rule_put
INSERT INTO country_rule (company_id, country, rule, since_day, value, source)
VALUES (:company_id, :country, :rule, :since_day, :value, :source)
ON CONFLICT DO UPDATE SET value = excluded.value, source = excluded.source;

-- name: meta_get
SELECT value FROM meta WHERE key = :key;

-- name: meta_put
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT DO UPDATE SET value = excluded.value;
