-- Everything that is in a store, in words that do not depend on ids, nor on how
-- often a piece of work was begun: what must be the same after an interruption.

SELECT 'customer', account_key, kind, nature, name, first_name, firm, name_key, email, email_key,
  phone, phone_e164, street, postcode, city, city_key, country, birth_day, language, channels,
  best_minute, consents, revision, merged_into IS NULL
FROM customer ORDER BY account_key, name, id;

SELECT 'invoice', i.number, c.account_key, i.issued, i.due, i.total, x.number
FROM invoice i JOIN customer c ON c.id = i.customer_id LEFT JOIN invoice x ON x.id = i.credits_id
ORDER BY i.number;

SELECT 'payment', p.reference, i.number, c.account_key, p.paid_on, p.amount
FROM payment p JOIN invoice i ON i.id = p.invoice_id JOIN customer c ON c.id = p.customer_id
ORDER BY p.reference;

SELECT 'score', c.account_key, s.score, s.segment, s.behaviour, s.churn, s.revenue, s.purchases,
  s.delay_days, s.last_purchase, s.last_interaction, s.lifetime_value, s.satisfaction, s.overdue,
  s.overdue_30, s.overdue_60, s.overdue_90, s.overdue_since, s.active, s.computed_on
FROM customer_score s JOIN customer c ON c.id = s.customer_id ORDER BY c.account_key, c.id;

SELECT 'history', c.account_key, h.day, h.score_before, h.score_after, h.segment_before,
  h.segment_after
FROM score_history h JOIN customer c ON c.id = h.customer_id ORDER BY c.account_key, h.day;

SELECT 'counter', name, value FROM counter WHERE value <> 0 ORDER BY name;

SELECT 'consent', c.account_key, e.granted, e.refused, e.cleared, e.source, e.basis, e.note
FROM consent_event e JOIN customer c ON c.id = e.customer_id ORDER BY c.account_key, e.id;

SELECT 'suppression', kind, value, reason FROM suppression ORDER BY kind, value;

SELECT 'journal', kind, title, undone_at IS NOT NULL FROM journal ORDER BY id;

SELECT 'made', j.title, m.entity, sum(m.last_id - m.first_id + 1)
FROM journal_made m JOIN journal j ON j.id = m.journal_id
GROUP BY j.id, m.entity ORDER BY j.id, m.entity;

SELECT 'changed', j.title, m.entity, m.revision, m.before, c.account_key
FROM journal_changed m JOIN journal j ON j.id = m.journal_id LEFT JOIN customer c ON c.id = m.row_id
ORDER BY j.id, m.seq;

SELECT 'run', kind, status, position, next_offset, next_line, size, created, changed, unchanged,
  refused, customers, remarks, ended_at IS NOT NULL
FROM import_run ORDER BY id;

SELECT 'refusal', r.path, f.line, f.field, f.refused, f.reason, f.value, f.raw
FROM import_refusal f JOIN import_run r ON r.id = f.import_id ORDER BY r.id, f.line, f.field;

SELECT 'tombstone', kind, count(*) FROM tombstone GROUP BY kind ORDER BY kind;

SELECT 'setting', key, value FROM setting
WHERE key <> 'scores.updated' AND value <> '' ORDER BY company_id, user_id, key;

SELECT 'mapping', kind, options FROM import_mapping ORDER BY kind, header_hash;
