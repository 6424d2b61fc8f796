-- The journal of changes that can be taken back.

-- name: journal_begin
INSERT INTO journal (id, company_id, kind, title, at, actor)
VALUES (:id, :company_id, :kind, :title, :at, :actor);

-- name: journal_get
SELECT id, company_id, kind, title, at, actor, ifnull(undone_at, 0),
  max(ifnull((SELECT max(seq) FROM journal_made WHERE journal_id = :id), 0),
      ifnull((SELECT max(seq) FROM journal_changed WHERE journal_id = :id), 0))
FROM journal WHERE id = :id AND company_id = :company_id;

-- name: journal_last
SELECT id, company_id, kind, title, at, actor, ifnull(undone_at, 0), 0
FROM journal WHERE company_id = :company_id AND actor = :actor AND undone_at IS NULL
ORDER BY id DESC LIMIT 1;

-- name: journal_page
SELECT id, company_id, kind, title, at, actor, ifnull(undone_at, 0), 0
FROM journal WHERE company_id = :company_id AND id < :before
ORDER BY id DESC LIMIT :n;

-- name: journal_made
INSERT INTO journal_made (journal_id, seq, entity, first_id, last_id)
VALUES (:journal_id, :seq, :entity, :first_id, :last_id);

-- name: journal_changed
INSERT INTO journal_changed (journal_id, seq, entity, row_id, revision, before)
VALUES (:journal_id, :seq, :entity, :row_id, :revision, :before);

-- name: journal_lines
SELECT seq, entity, 1, first_id, last_id, 0, '' FROM journal_made
WHERE journal_id = :journal_id AND seq < :before
UNION ALL
SELECT seq, entity, 0, row_id, row_id, revision, before FROM journal_changed
WHERE journal_id = :journal_id AND seq < :before
ORDER BY seq DESC LIMIT :n;

-- name: journal_shrink
UPDATE journal_made SET last_id = :last_id WHERE journal_id = :journal_id AND seq = :seq;

-- name: journal_drop_made
DELETE FROM journal_made WHERE journal_id = :journal_id AND seq = :seq;

-- name: journal_drop_changed
DELETE FROM journal_changed WHERE journal_id = :journal_id AND seq = :seq;

-- name: journal_undone
UPDATE journal SET undone_at = :at WHERE id = :id;

-- Whether a customer has more to it than an import gave.
-- name: journal_customer_touched
SELECT EXISTS (SELECT 1 FROM contact WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM customer_tag WHERE company_id = :company_id AND customer_id = :id)
  OR EXISTS (SELECT 1 FROM consent_event WHERE company_id = :company_id AND customer_id = :id
    AND source NOT IN ('IMPORT', 'UNDO'));

-- name: journal_consent
SELECT customer_id, granted FROM consent_event WHERE id = :id AND company_id = :company_id;

-- Subjects that a later line says something about.
-- name: journal_consent_later
SELECT granted | refused | cleared FROM consent_event
WHERE company_id = :company_id AND customer_id = :customer_id AND id > :id;
