-- Consents, their history, and the addresses that are never written to.

-- name: consent_customer
SELECT consents, email_key, phone_e164, merged_into IS NULL
FROM customer WHERE id = :id AND company_id = :company_id;

-- name: consent_handles
SELECT ifnull(max(kind = 'FACEBOOK'), 0), ifnull(max(kind = 'INSTAGRAM'), 0) FROM contact k
WHERE company_id = :company_id AND customer_id = :customer_id
  AND kind IN ('FACEBOOK', 'INSTAGRAM') AND value IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM suppression x
    WHERE x.company_id = k.company_id AND x.kind = k.kind AND x.value = k.value);

-- Who has an address, to be counted anew when it may no longer be written to.

-- name: consent_by_email
SELECT consents FROM customer
WHERE company_id = :company_id AND email_key = :value AND merged_into IS NULL;

-- name: consent_by_phone
SELECT consents FROM customer
WHERE company_id = :company_id AND phone_e164 = :value AND merged_into IS NULL;

-- Those who have no other handle of the kind that may be written to.
-- name: consent_by_handle
SELECT c.consents FROM contact k CROSS JOIN customer c ON c.id = k.customer_id
WHERE k.company_id = :company_id AND k.kind = :kind AND k.value = :value
  AND c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM contact o
    WHERE o.company_id = k.company_id AND o.customer_id = k.customer_id AND o.kind = k.kind
      AND o.value <> k.value AND NOT EXISTS (SELECT 1 FROM suppression x
        WHERE x.company_id = o.company_id AND x.kind = o.kind AND x.value = o.value))
GROUP BY c.id;

-- name: consent_refused_at
SELECT max(at) FROM consent_event
WHERE company_id = :company_id AND customer_id = :customer_id AND refused & :bit;

-- name: consent_insert
INSERT INTO consent_event (id, company_id, customer_id, at, noted_at, granted, refused, cleared,
  source, basis, ip, wording_id, note, corrects_id, actor)
VALUES (:id, :company_id, :customer_id, :at, :noted_at, :granted, :refused, :cleared,
  :source, :basis, :ip, :wording_id, :note, :corrects_id, :actor);

-- name: consent_pack
UPDATE customer SET consents = :consents WHERE id = :id AND company_id = :company_id;

-- name: consent_history
SELECT e.id, e.at, e.noted_at, e.granted, e.refused, e.cleared, e.source, e.basis, e.ip,
  e.wording_id, w.text, e.note, e.corrects_id, e.actor
FROM consent_event e LEFT JOIN consent_wording w ON w.id = e.wording_id
WHERE e.company_id = :company_id AND e.customer_id = :customer_id AND e.id < :before
ORDER BY e.id DESC LIMIT :n;

-- name: consent_sets
SELECT granted, refused, cleared FROM consent_event
WHERE company_id = :company_id AND customer_id = :customer_id ORDER BY id;

-- name: consent_wording_find
SELECT id FROM consent_wording
WHERE company_id = :company_id AND language = :language AND text = :text;

-- name: consent_wording_insert
INSERT INTO consent_wording (id, company_id, language, version, text)
VALUES (:id, :company_id, :language, 1 + (SELECT ifnull(max(version), 0) FROM consent_wording
  WHERE company_id = :company_id AND language = :language), :text);

-- name: suppression_insert
INSERT INTO suppression (id, company_id, kind, value, reason, at, actor)
VALUES (:id, :company_id, :kind, :value, :reason, :at, :actor);

-- name: suppression_find
SELECT id, kind, value, reason, at, actor FROM suppression
WHERE company_id = :company_id AND kind = :kind AND value = :value;

-- name: suppression_get
SELECT id, kind, value, reason, at, actor FROM suppression
WHERE id = :id AND company_id = :company_id;

-- name: suppression_delete
DELETE FROM suppression WHERE id = :id AND company_id = :company_id;

-- name: suppression_list
SELECT id, kind, value, reason, at, actor FROM suppression
WHERE company_id = :company_id AND id < :before ORDER BY id DESC LIMIT :n;
