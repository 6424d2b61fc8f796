-- The audit trail: its lines, and the whole chain for who verifies it.

-- name: audit_last
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;

-- name: audit_add
INSERT INTO audit (seq, at, company_id, actor, origin, action, subject, subject_id, digest, hash)
VALUES (:seq, :at, :company_id, :actor, :origin, :action, :subject, :subject_id, :digest, :hash);

-- name: audit_detail_add
INSERT INTO audit_detail (seq, salt, detail) VALUES (:seq, :salt, :detail);

-- name: audit_of
SELECT a.seq, a.at, a.company_id, a.actor, a.origin, a.action, a.subject, a.subject_id, d.detail
FROM audit a LEFT JOIN audit_detail d USING (seq)
WHERE a.company_id = :company_id AND a.subject = :subject AND a.subject_id = :subject_id
  AND a.seq < :before
ORDER BY a.seq DESC LIMIT :n;

-- name: audit_all
SELECT a.seq, a.at, a.company_id, a.actor, a.origin, a.action, a.subject, a.subject_id, d.detail,
  a.digest, a.hash, d.salt
FROM audit a LEFT JOIN audit_detail d USING (seq)
ORDER BY a.seq;
