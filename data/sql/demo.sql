-- A company of invented customers being erased: what no other family removes,
-- since elsewhere facts stay.

-- Records that live on in another one go first.
-- name: demo_merged
SELECT id FROM customer AS c WHERE company_id = :company_id AND merged_into IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM customer AS m WHERE m.merged_into = c.id)
LIMIT :n;

-- name: demo_customers
SELECT id FROM customer WHERE company_id = :company_id LIMIT :n;

-- name: demo_drop_payments
DELETE FROM payment WHERE company_id = :company_id AND customer_id = :id;

-- name: demo_drop_invoices
DELETE FROM invoice WHERE company_id = :company_id AND customer_id = :id;

-- name: demo_drop_notes
DELETE FROM note WHERE company_id = :company_id AND customer_id = :id;

-- name: demo_drop_tasks
DELETE FROM task WHERE company_id = :company_id AND customer_id = :id;

-- name: demo_drop_attempts
DELETE FROM message_attempt WHERE message_id IN (
  SELECT id FROM message WHERE company_id = :company_id AND customer_id = :id);

-- name: demo_drop_messages
DELETE FROM message WHERE company_id = :company_id AND customer_id = :id;

-- name: demo_drop_refusals
DELETE FROM import_refusal WHERE (import_id, line, field) IN (
  SELECT r.import_id, r.line, r.field FROM import_run AS i
  JOIN import_refusal AS r ON r.import_id = i.id
  WHERE i.company_id = :company_id LIMIT :n);

-- name: demo_drop_made
DELETE FROM journal_made WHERE (journal_id, seq) IN (
  SELECT m.journal_id, m.seq FROM journal AS j JOIN journal_made AS m ON m.journal_id = j.id
  WHERE j.company_id = :company_id LIMIT :n);

-- name: demo_drop_changed
DELETE FROM journal_changed WHERE (journal_id, seq) IN (
  SELECT m.journal_id, m.seq FROM journal AS j JOIN journal_changed AS m ON m.journal_id = j.id
  WHERE j.company_id = :company_id LIMIT :n);

-- name: demo_drop_imports
DELETE FROM import_run WHERE company_id = :company_id;

-- name: demo_drop_mappings
DELETE FROM import_mapping WHERE company_id = :company_id;

-- name: demo_drop_journals
DELETE FROM journal WHERE company_id = :company_id;

-- Posts on a page have no customer: few.
-- name: demo_drop_post_attempts
DELETE FROM message_attempt WHERE message_id IN (
  SELECT id FROM message WHERE company_id = :company_id AND customer_id IS NULL);

-- name: demo_drop_posts
DELETE FROM message WHERE company_id = :company_id AND customer_id IS NULL;

-- name: demo_drop_counts
DELETE FROM campaign_count
WHERE campaign_id IN (SELECT id FROM campaign WHERE company_id = :company_id);

-- name: demo_drop_past
DELETE FROM campaign_past
WHERE campaign_id IN (SELECT id FROM campaign WHERE company_id = :company_id);

-- name: demo_drop_waits
DELETE FROM campaign_wait
WHERE campaign_id IN (SELECT id FROM campaign WHERE company_id = :company_id);

-- name: demo_drop_contents
DELETE FROM campaign_content
WHERE campaign_id IN (SELECT id FROM campaign WHERE company_id = :company_id);

-- name: demo_drop_campaigns
DELETE FROM campaign WHERE company_id = :company_id;

-- name: demo_drop_versions
DELETE FROM template_version
WHERE template_id IN (SELECT id FROM template WHERE company_id = :company_id);

-- name: demo_drop_templates
DELETE FROM template WHERE company_id = :company_id;

-- name: demo_drop_filters
DELETE FROM saved_filter WHERE company_id = :company_id;

-- name: demo_drop_tags
DELETE FROM tag WHERE company_id = :company_id;

-- name: demo_drop_suppressions
DELETE FROM suppression WHERE company_id = :company_id;

-- name: demo_drop_wordings
DELETE FROM consent_wording WHERE company_id = :company_id;

-- name: demo_drop_counters
DELETE FROM counter WHERE company_id = :company_id;

-- name: demo_drop_rules
DELETE FROM country_rule WHERE company_id = :company_id;

-- name: demo_drop_providers
DELETE FROM provider WHERE company_id = :company_id;

-- name: demo_drop_rates
DELETE FROM rate_use WHERE company_id = :company_id;

-- name: demo_drop_holidays
DELETE FROM holiday WHERE company_id = :company_id;

-- name: demo_drop_settings
DELETE FROM setting WHERE company_id = :company_id;

-- One stone for all of them.
-- name: demo_drop_tombstones
DELETE FROM tombstone WHERE company_id = :company_id;

-- name: demo_drop_company
DELETE FROM company WHERE id = :company_id AND demo = 1;
