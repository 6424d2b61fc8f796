-- name: backup_counts
SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM invoice),
  (SELECT count(*) FROM payment);
