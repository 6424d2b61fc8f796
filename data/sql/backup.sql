-- What a copy of the store is compared by.

-- name: backup_counts
SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM invoice),
  (SELECT count(*) FROM payment);
