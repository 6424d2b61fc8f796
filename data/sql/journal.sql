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

-- name: journal_drop_made
DELETE FROM journal_made WHERE journal_id = :journal_id AND seq = :seq;

-- name: journal_drop_changed
DELETE FROM journal_changed WHERE journal_id = :journal_id AND seq = :seq;

-- name: journal_undone
UPDATE journal SET undone_at = :at WHERE id = :id;
