-- What hangs on a customer: further addresses, keys, tags, notes.

-- name: contact_insert
INSERT INTO contact (id, company_id, customer_id, kind, label, typed, value)
VALUES (:id, :company_id, :customer_id, :kind, :label, :typed, :value);

-- name: contact_get
SELECT id, customer_id, kind, label, typed, value FROM contact
WHERE id = :id AND company_id = :company_id;

-- name: contact_list
SELECT id, customer_id, kind, label, typed, value FROM contact
WHERE company_id = :company_id AND customer_id = :customer_id ORDER BY kind, id LIMIT :n;

-- name: contact_delete
DELETE FROM contact WHERE id = :id AND company_id = :company_id;

-- name: contact_move
UPDATE contact SET customer_id = :to WHERE id = :id AND company_id = :company_id;

-- name: key_put
INSERT INTO customer_key (company_id, system, key, customer_id)
VALUES (:company_id, :system, :key, :customer_id);

-- name: key_owner
SELECT customer_id FROM customer_key
WHERE company_id = :company_id AND system = :system AND key = :key;

-- name: key_drop
DELETE FROM customer_key WHERE company_id = :company_id AND system = :system AND key = :key;

-- name: key_list
SELECT system, key FROM customer_key
WHERE company_id = :company_id AND customer_id = :customer_id ORDER BY system, key LIMIT :n;

-- name: tag_find
SELECT id FROM tag WHERE company_id = :company_id AND name_key = :name_key;

-- name: tag_insert
INSERT INTO tag (id, company_id, name, name_key) VALUES (:id, :company_id, :name, :name_key);

-- name: tag_list
SELECT id, name FROM tag WHERE company_id = :company_id ORDER BY name_key LIMIT :n;

-- name: tag_name
SELECT id, name FROM tag WHERE id = :id AND company_id = :company_id;

-- name: tag_put
INSERT OR IGNORE INTO customer_tag (company_id, tag_id, customer_id)
VALUES (:company_id, :tag_id, :customer_id);

-- name: tag_drop
DELETE FROM customer_tag
WHERE company_id = :company_id AND tag_id = :tag_id AND customer_id = :customer_id;

-- name: tag_of
SELECT t.id, t.name FROM customer_tag m CROSS JOIN tag t ON t.id = m.tag_id
WHERE m.company_id = :company_id AND m.customer_id = :customer_id LIMIT :n;

-- name: note_insert
INSERT INTO note (id, company_id, customer_id, at, kind, author, text)
VALUES (:id, :company_id, :customer_id, :at, :kind, :author, :text);

-- name: note_get
SELECT id, customer_id, at, kind, author, text FROM note
WHERE id = :id AND company_id = :company_id;

-- name: note_list
SELECT id, customer_id, at, kind, author, text FROM note
WHERE company_id = :company_id AND customer_id = :customer_id AND (at, id) < (:at, :id)
ORDER BY at DESC, id DESC LIMIT :n;

-- name: note_update
UPDATE note SET text = :text WHERE id = :id AND company_id = :company_id;

-- name: note_delete
DELETE FROM note WHERE id = :id AND company_id = :company_id;
