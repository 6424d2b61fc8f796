-- Tasks. A task that waits for a promise has its amount but no outcome; it is kept
-- when the customer's payments since the call reach the amount.

-- name: task_insert
INSERT INTO task (id, company_id, customer_id, kind, due_day, due_minute, owner, note, outcome,
  promise_amount, promise_day, promise_from, follows, created_at, done_at)
VALUES (:id, :company_id, :customer_id, :kind, :due_day, :due_minute, :owner, :note, :outcome,
  :promise_amount, :promise_day, :promise_from, :follows, :created_at, :done_at);

-- name: task_update
UPDATE task SET kind = :kind, due_day = :due_day, due_minute = :due_minute, owner = :owner,
  note = :note, outcome = :outcome, promise_amount = :promise_amount, promise_day = :promise_day,
  promise_from = :promise_from, done_at = :done_at, revision = revision + 1
WHERE id = :id AND company_id = :company_id AND revision = :revision;

-- name: task_delete
DELETE FROM task WHERE id = :id AND company_id = :company_id;

-- name: task_get
SELECT id, company_id, customer_id, kind, due_day, due_minute, owner, note, outcome,
  promise_amount, promise_day, promise_from, follows, created_at, done_at, revision
FROM task WHERE id = :id AND company_id = :company_id;

-- name: task_calls
SELECT id, company_id, customer_id, kind, due_day, due_minute, owner, note, outcome,
  promise_amount, promise_day, promise_from, follows, created_at, done_at, revision
FROM task WHERE company_id = :company_id AND customer_id = :customer_id AND kind = 'CALL'
  AND done_at IS NULL
ORDER BY due_day, id;

-- name: task_due
SELECT t.id, t.company_id, t.customer_id, t.kind, t.due_day, t.due_minute, t.owner, t.note,
  t.outcome, t.promise_amount, t.promise_day, t.promise_from, t.follows, t.created_at, t.done_at,
  t.revision, c.name, c.first_name, c.kind, c.phone, c.phone_e164, ifnull(s.overdue, 0), 0
FROM task t JOIN customer c ON c.id = t.customer_id
LEFT JOIN customer_score s ON s.company_id = t.company_id AND s.customer_id = t.customer_id
WHERE t.company_id = :company_id AND t.done_at IS NULL
  AND (t.due_day, t.due_minute, t.id) > (:day, :minute, :id) AND t.due_day <= :until
  AND (:owner IS NULL OR t.owner = :owner)
  AND NOT (t.promise_amount IS NOT NULL AND t.outcome IS NULL AND t.promise_amount <= (
    SELECT ifnull(sum(p.amount), 0) FROM payment p
    WHERE p.company_id = t.company_id AND p.customer_id = t.customer_id
      AND p.paid_on BETWEEN t.promise_from AND :today))
ORDER BY t.due_day, t.due_minute, t.id LIMIT :n;

-- name: task_count
SELECT ifnull(sum(t.due_day = :today), 0), ifnull(sum(t.due_day < :today), 0) FROM task t
WHERE t.company_id = :company_id AND t.done_at IS NULL AND t.due_day <= :today
  AND (:owner IS NULL OR t.owner = :owner)
  AND NOT (t.promise_amount IS NOT NULL AND t.outcome IS NULL AND t.promise_amount <= (
    SELECT ifnull(sum(p.amount), 0) FROM payment p
    WHERE p.company_id = t.company_id AND p.customer_id = t.customer_id
      AND p.paid_on BETWEEN t.promise_from AND :today));

-- name: task_of
SELECT t.id, t.company_id, t.customer_id, t.kind, t.due_day, t.due_minute, t.owner, t.note,
  t.outcome, t.promise_amount, t.promise_day, t.promise_from, t.follows, t.created_at, t.done_at,
  t.revision, c.name, c.first_name, c.kind, c.phone, c.phone_e164, ifnull(s.overdue, 0),
  t.promise_amount IS NOT NULL AND t.outcome IS NULL AND t.promise_amount <= (
    SELECT ifnull(sum(p.amount), 0) FROM payment p
    WHERE p.company_id = t.company_id AND p.customer_id = t.customer_id
      AND p.paid_on BETWEEN t.promise_from AND :today)
FROM task t JOIN customer c ON c.id = t.customer_id
LEFT JOIN customer_score s ON s.company_id = t.company_id AND s.customer_id = t.customer_id
WHERE t.company_id = :company_id AND t.customer_id = :customer_id
  AND (t.due_day, t.id) < (:day, :id)
ORDER BY t.due_day DESC, t.id DESC LIMIT :n;

-- name: task_end_kept
UPDATE task AS t SET done_at = :now, revision = revision + 1
WHERE t.company_id = :company_id AND t.done_at IS NULL AND t.due_day < :before
  AND t.promise_amount IS NOT NULL AND t.outcome IS NULL AND t.promise_amount <= (
    SELECT ifnull(sum(p.amount), 0) FROM payment p
    WHERE p.company_id = t.company_id AND p.customer_id = t.customer_id
      AND p.paid_on BETWEEN t.promise_from AND :today);
