-- Customers. The columns of a whole customer, in the order read_customer takes
-- them: id, company_id, account_key, kind, nature, name, first_name, firm,
-- email, email_key, phone, phone_e164, street, postcode, city, country,
-- birth_day, language, time_zone, channels, best_minute, consents, merged_into,
-- anonymised_at, created_at, updated_at, revision,
-- imported.

-- name: customer_insert
INSERT INTO customer (id, company_id, account_key, kind, nature, name, first_name, firm, name_key,
  email, email_key, phone, phone_e164, street, postcode, city, city_key, country, birth_day,
  language, time_zone, channels, best_minute, created_at, updated_at, imported)
VALUES (:id, :company_id, :account_key, :kind, :nature, :name, :first_name, :firm, :name_key,
  :email, :email_key, :phone, :phone_e164, :street, :postcode, :city, :city_key, :country,
  :birth_day, :language, :time_zone, :channels, :best_minute, :created_at, :updated_at, :imported);

-- Two ways to write an edit: rewriting a column costs its index an entry.

-- name: customer_update
UPDATE customer SET kind = :kind, nature = :nature, name = :name, first_name = :first_name,
  firm = :firm, email = :email, phone = :phone, street = :street, postcode = :postcode,
  city = :city, country = :country, birth_day = :birth_day, language = :language,
  time_zone = :time_zone, channels = :channels, best_minute = :best_minute,
  updated_at = :updated_at, imported = :imported, revision = revision + 1
WHERE id = :id AND company_id = :company_id AND revision = :revision;

-- name: customer_update_keys
UPDATE customer SET kind = :kind, nature = :nature, name = :name, first_name = :first_name,
  firm = :firm, email = :email, phone = :phone, street = :street, postcode = :postcode,
  city = :city, country = :country, birth_day = :birth_day, language = :language,
  time_zone = :time_zone, channels = :channels, best_minute = :best_minute,
  updated_at = :updated_at, imported = :imported, revision = revision + 1,
  account_key = :account_key, name_key = :name_key, email_key = :email_key,
  phone_e164 = :phone_e164, city_key = :city_key
WHERE id = :id AND company_id = :company_id AND revision = :revision;

-- name: customer_imported
UPDATE customer SET imported = :imported WHERE id = :id AND company_id = :company_id;

-- name: customer_exists
SELECT 1 FROM customer WHERE id = :id AND company_id = :company_id;

-- name: customer_get
SELECT id, company_id, account_key, kind, nature, name, first_name, firm, email, email_key,
  phone, phone_e164, street, postcode, city, country, birth_day, language, time_zone, channels,
  best_minute, consents, merged_into, anonymised_at, created_at, updated_at, revision, imported
FROM customer WHERE id = :id AND company_id = :company_id;

-- name: customer_find
SELECT id, company_id, account_key, kind, nature, name, first_name, firm, email, email_key,
  phone, phone_e164, street, postcode, city, country, birth_day, language, time_zone, channels,
  best_minute, consents, merged_into, anonymised_at, created_at, updated_at, revision, imported
FROM customer WHERE company_id = :company_id AND id = coalesce(
  (SELECT id FROM customer WHERE company_id = :company_id AND account_key = :account_key),
  (SELECT customer_id FROM customer_key
   WHERE company_id = :company_id AND system = 'ACCOUNTING' AND key = :account_key));

-- name: customer_by_email
SELECT id, company_id, account_key, kind, nature, name, first_name, firm, email, email_key,
  phone, phone_e164, street, postcode, city, country, birth_day, language, time_zone, channels,
  best_minute, consents, merged_into, anonymised_at, created_at, updated_at, revision, imported
FROM customer WHERE merged_into IS NULL AND id IN (
  SELECT id FROM customer WHERE company_id = :company_id AND email_key = :value
  UNION SELECT customer_id FROM contact
  WHERE company_id = :company_id AND kind = 'EMAIL' AND value = :value)
ORDER BY id LIMIT :most;

-- name: customer_by_phone
SELECT id, company_id, account_key, kind, nature, name, first_name, firm, email, email_key,
  phone, phone_e164, street, postcode, city, country, birth_day, language, time_zone, channels,
  best_minute, consents, merged_into, anonymised_at, created_at, updated_at, revision, imported
FROM customer WHERE merged_into IS NULL AND id IN (
  SELECT id FROM customer WHERE company_id = :company_id AND phone_e164 = :value
  UNION SELECT customer_id FROM contact
  WHERE company_id = :company_id AND kind IN ('PHONE', 'WHATSAPP') AND value = :value)
ORDER BY id LIMIT :most;

-- What keeps a customer from being removed: documents, what people wrote, messages, and
-- records that live on in it.
-- name: customer_in_use
SELECT EXISTS (SELECT 1 FROM invoice WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM payment WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM note WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM task WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM message WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM customer WHERE merged_into = :id);

-- name: customer_delete
DELETE FROM customer WHERE id = :id AND company_id = :company_id;

-- name: customer_delete_tags
DELETE FROM customer_tag WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_favourites
DELETE FROM favourite WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_recent
DELETE FROM recent WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_consents
DELETE FROM consent_event WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_keys
DELETE FROM customer_key WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_history
DELETE FROM score_history WHERE company_id = :company_id AND customer_id = :id;

-- name: customer_delete_pairs_low
DELETE FROM not_duplicate WHERE company_id = :company_id AND low_id = :id;

-- name: customer_delete_pairs_high
DELETE FROM not_duplicate WHERE company_id = :company_id AND high_id = :id;
