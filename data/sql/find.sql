-- Candidates of a search, and what they are compared with.

-- name: find_words
SELECT rowid FROM search_word WHERE search_word MATCH :match ORDER BY rowid;

-- name: find_parts
SELECT rowid FROM search_part WHERE search_part MATCH :match ORDER BY rowid;

-- name: find_names
SELECT id FROM customer INDEXED BY customer_by_name
WHERE company_id = :company_id AND merged_into IS NULL AND name_key >= :from AND name_key < :to
ORDER BY name_key;

-- name: find_customer
SELECT company_id, merged_into IS NULL, name_key, name, first_name, firm, email, account_key,
  phone, phone_e164
FROM customer WHERE id = :id;

-- name: find_contact
SELECT k.customer_id, k.company_id, c.merged_into IS NULL, c.name_key, k.kind, k.label, k.typed,
  k.value
FROM contact k CROSS JOIN customer c ON c.id = k.customer_id WHERE k.id = :id;
