-- Imports: runs, what they refused, how headers were mapped, and the short
-- look-ups that each of their rows makes.

-- name: import_begin
INSERT INTO import_run (id, company_id, kind, path, sheet, file_hash, options, status, size,
  next_offset, next_line, started_at)
VALUES (:id, :company_id, :kind, :path, :sheet, :file_hash, :options, 'RUNNING', :size,
  :next_offset, :next_line, :at);

-- name: import_step
UPDATE import_run SET position = :position, next_offset = :next_offset, next_line = :next_line,
  created = :created, changed = :changed, unchanged = :unchanged, refused = :refused,
  customers = :customers, remarks = :remarks
WHERE id = :id;

-- name: import_status
UPDATE import_run SET status = :status, ended_at = :ended_at WHERE id = :id;

-- name: import_get
SELECT id, company_id, kind, path, sheet, file_hash, options, status, position, next_offset,
  next_line, size, created, changed, unchanged, refused, customers, remarks, started_at, ended_at
FROM import_run WHERE id = :id AND company_id = :company_id;

-- name: import_list
SELECT id, company_id, kind, path, sheet, file_hash, options, status, position, next_offset,
  next_line, size, created, changed, unchanged, refused, customers, remarks, started_at, ended_at
FROM import_run WHERE company_id = :company_id AND id < :before ORDER BY id DESC LIMIT :n;

-- name: import_open
SELECT id, company_id, kind, path, sheet, file_hash, options, status, position, next_offset,
  next_line, size, created, changed, unchanged, refused, customers, remarks, started_at, ended_at
FROM import_run WHERE company_id = :company_id AND status IN ('RUNNING', 'UNDOING')
ORDER BY id DESC LIMIT :n;

-- name: import_same
SELECT id FROM import_run
WHERE company_id = :company_id AND kind = :kind AND file_hash = :file_hash AND status = :status
ORDER BY id DESC LIMIT 1;

-- name: import_refusal_add
INSERT INTO import_refusal (import_id, line, field, refused, reason, value, raw)
VALUES (:import_id, :line, :field, :refused, :reason, :value, :raw)
ON CONFLICT DO NOTHING;

-- name: import_refusal_page
SELECT line, field, refused, reason, value, raw FROM import_refusal
WHERE import_id = :import_id AND (line, field) > (:line, :field)
ORDER BY line, field LIMIT :n;

-- name: import_mapping_get
SELECT options FROM import_mapping
WHERE company_id = :company_id AND kind = :kind AND header_hash = :header_hash;

-- name: import_mapping_put
INSERT INTO import_mapping (company_id, kind, header_hash, options)
VALUES (:company_id, :kind, :header_hash, :options)
ON CONFLICT DO UPDATE SET options = excluded.options;

-- name: import_customer
SELECT id, ifnull(merged_into, 0), anonymised_at IS NOT NULL FROM customer
WHERE company_id = :company_id AND account_key = :key;

-- name: import_customer_merged
SELECT customer_id FROM customer_key
WHERE company_id = :company_id AND system = 'ACCOUNTING' AND key = :key;

-- name: import_customer_named
SELECT id FROM customer
WHERE company_id = :company_id AND name_key = :name_key AND merged_into IS NULL
ORDER BY id LIMIT :most;

-- name: import_empty
SELECT NOT EXISTS (SELECT 1 FROM customer WHERE company_id = :company_id)
  AND NOT EXISTS (SELECT 1 FROM invoice WHERE company_id = :company_id);

-- name: import_customer_bare
SELECT id FROM customer
WHERE company_id = :company_id AND name_key = :name_key AND merged_into IS NULL
  AND email_key IS NULL AND phone_e164 IS NULL
ORDER BY id LIMIT 1;

-- name: import_unkeyed
SELECT EXISTS (SELECT 1 FROM customer
WHERE company_id = :company_id AND account_key IS NULL AND merged_into IS NULL);
