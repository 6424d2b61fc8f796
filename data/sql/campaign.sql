-- Campaigns, their texts, their counts and why they wait.

-- name: campaign_insert
INSERT INTO campaign (id, company_id, name, kind, type, status, channels, channel_order, filter,
  persons, sender, plain_names, start_at, customer_zone, not_after, late, budget, created_by,
  created_at, duplicate_of)
VALUES (:id, :company_id, :name, :kind, :type, :status, :channels, :channel_order, :filter,
  :persons, :sender, :plain_names, :start_at, :customer_zone, :not_after, :late, :budget,
  :created_by, :created_at, :duplicate_of);

-- What a person edits; only while nothing is frozen.
-- name: campaign_edit
UPDATE campaign SET name = :name, kind = :kind, type = :type, status = 'DRAFT',
  channels = :channels, channel_order = :channel_order, filter = :filter, persons = :persons,
  sender = :sender, plain_names = :plain_names, start_at = :start_at,
  customer_zone = :customer_zone, not_after = :not_after,
  late = :late, budget = :budget, revision = revision + 1
WHERE id = :id AND company_id = :company_id AND revision = :revision
  AND status IN ('DRAFT', 'READY');

-- name: campaign_delete
DELETE FROM campaign WHERE id = :id AND company_id = :company_id AND status IN ('DRAFT', 'READY');

-- name: campaign_delete_content
DELETE FROM campaign_content WHERE campaign_id = :campaign_id;

-- name: campaign_move
UPDATE campaign SET status = :to, cause = :cause,
  launched_at = CASE WHEN :to = 'LAUNCHING' THEN :now ELSE launched_at END,
  ended_at = CASE WHEN :to IN ('COMPLETED', 'CANCELLED', 'FAILED') THEN :now END,
  revision = revision + 1
WHERE id = :id AND status = :from;

-- name: campaign_frozen
UPDATE campaign SET frozen_upto = :upto WHERE id = :id AND status = 'LAUNCHING';

-- name: campaign_get
SELECT id, company_id, name, kind, type, status, cause, channels, channel_order, filter, persons,
  sender, start_at, customer_zone, not_after, late, budget, frozen_upto, created_by, created_at,
  launched_at, ended_at, duplicate_of, revision, plain_names
FROM campaign WHERE id = :id AND company_id = :company_id;

-- Newest first.
-- name: campaign_page
SELECT id, company_id, name, kind, type, status, cause, channels, channel_order, filter, persons,
  sender, start_at, customer_zone, not_after, late, budget, frozen_upto, created_by, created_at,
  launched_at, ended_at, duplicate_of, revision, plain_names
FROM campaign WHERE company_id = :company_id AND id < :before
  AND (:kind IS NULL OR kind = :kind) AND (:status IS NULL OR status = :status)
ORDER BY id DESC LIMIT :n;

-- Of all companies: what a sender has to look at.
-- name: campaign_going
SELECT id, company_id, name, kind, type, status, cause, channels, channel_order, filter, persons,
  sender, start_at, customer_zone, not_after, late, budget, frozen_upto, created_by, created_at,
  launched_at, ended_at, duplicate_of, revision, plain_names
FROM campaign WHERE status IN ('LAUNCHING', 'SCHEDULED', 'RUNNING') ORDER BY status, id;

-- name: campaign_status
SELECT status FROM campaign WHERE id = :id;

-- Scheduled or running ones, for a pause of everything.
-- name: campaign_active
SELECT id FROM campaign WHERE status IN ('SCHEDULED', 'RUNNING') AND company_id = :company_id
ORDER BY id;

-- name: campaign_content_put
INSERT INTO campaign_content (id, campaign_id, channel, language, subject, text, html, media,
  template_version_id)
VALUES (:id, :campaign_id, :channel, :language, :subject, :text, :html, :media,
  :template_version_id)
ON CONFLICT (campaign_id, channel, language) DO UPDATE SET subject = excluded.subject,
  text = excluded.text, html = excluded.html, media = excluded.media,
  template_version_id = excluded.template_version_id;

-- name: campaign_content_drop
DELETE FROM campaign_content
WHERE campaign_id = :campaign_id AND channel = :channel AND language = :language;

-- name: campaign_contents
SELECT id, campaign_id, channel, language, subject, text, html, media, template_version_id
FROM campaign_content WHERE campaign_id = :campaign_id ORDER BY channel, language;

-- name: campaign_count_add
INSERT INTO campaign_count (campaign_id, channel, status, reason, messages, parts, cost)
VALUES (:campaign_id, :channel, :status, :reason, :messages, :parts, :cost)
ON CONFLICT (campaign_id, channel, status, reason) DO UPDATE SET
  messages = messages + excluded.messages, parts = parts + excluded.parts,
  cost = cost + excluded.cost;

-- name: campaign_counts
SELECT channel, status, reason, messages, parts, cost FROM campaign_count
WHERE campaign_id = :id AND messages <> 0
ORDER BY channel, status, reason;

-- Of all campaigns of a company.
-- name: campaign_totals
SELECT c.channel, c.status, c.reason, sum(c.messages), sum(c.parts), sum(c.cost)
FROM campaign p JOIN campaign_count c ON c.campaign_id = p.id
WHERE p.company_id = :id AND p.status <> 'LAUNCHING' GROUP BY 1, 2, 3;

-- name: campaign_count_clear
DELETE FROM campaign_count WHERE campaign_id = :campaign_id;

-- The same from the rows and what retention took: for rebuild and doctor.
-- name: campaign_count_rows
SELECT channel, status, reason, sum(messages), sum(parts), sum(cost) FROM (
  SELECT channel, status, reason, count(*) AS messages, sum(parts) AS parts, sum(cost) AS cost
  FROM message WHERE campaign_id = :id GROUP BY channel, status, reason
  UNION ALL
  SELECT channel, status, reason, sum(messages), sum(parts), sum(cost)
  FROM campaign_past WHERE campaign_id = :id GROUP BY channel, status, reason)
GROUP BY channel, status, reason HAVING sum(messages) <> 0 ORDER BY channel, status, reason;

-- name: campaign_wait_put
INSERT INTO campaign_wait (campaign_id, channel, reason, provider, until, since)
VALUES (:campaign_id, :channel, :reason, :provider, :until, :now)
ON CONFLICT (campaign_id, channel) DO UPDATE SET reason = excluded.reason,
  provider = excluded.provider, until = excluded.until,
  since = CASE WHEN reason = excluded.reason THEN since ELSE excluded.since END;

-- name: campaign_wait_clear
DELETE FROM campaign_wait WHERE campaign_id = :campaign_id
  AND (:channel IS NULL OR channel = :channel);

-- name: campaign_waits
SELECT channel, reason, provider, until, since FROM campaign_wait
WHERE campaign_id = :campaign_id ORDER BY channel;

-- A text from a template's last version, by the key or the name of the template.
-- name: campaign_template
SELECT t.channel, v.language, v.subject, v.text, v.html, v.id
FROM template t JOIN template_version v ON v.template_id = t.id AND v.language = :language
WHERE t.company_id = :company_id AND t.channel = :channel AND t.archived_at IS NULL
  AND (t.system_key = :key OR t.name = :key)
ORDER BY v.version DESC LIMIT 1;

-- name: campaign_template_version
SELECT t.channel, v.language, v.subject, v.text, v.html, v.id
FROM template_version v JOIN template t ON t.id = v.template_id
WHERE v.id = :id AND t.company_id = :company_id;

-- What a person decides about one that is paused.
-- name: campaign_decide
UPDATE campaign SET late = :late, not_after = :not_after, budget = :budget,
  revision = revision + 1
WHERE id = :id AND status = 'PAUSED';

-- What retention took, by status.
-- name: campaign_past_status
SELECT channel, status, sum(messages) FROM campaign_past
WHERE campaign_id = :campaign_id GROUP BY channel, status;
