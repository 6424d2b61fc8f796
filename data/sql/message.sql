-- Messages: frozen, claimed, settled, listed.

-- name: message_insert
INSERT INTO message (id, company_id, campaign_id, customer_id, channel, status, reason, content_id,
  address, vars, taken, parts, marketing, due_at, not_after, queued_at)
VALUES (:id, :company_id, :campaign_id, :customer_id, :channel, :status, :reason, :content_id,
  :address, :vars, :status <> 'SKIPPED', :parts, :marketing, :due_at, :not_after, :queued_at)
ON CONFLICT (campaign_id, address) WHERE taken = 1 AND address <> '' DO NOTHING;

-- The messages of a freeze that was broken off, some at a time.
-- name: message_discard
DELETE FROM message WHERE id IN (
  SELECT id FROM message WHERE campaign_id = :campaign_id ORDER BY status, channel, due_at, id
  LIMIT :n);

-- What may go now, with all that must hold again before it does.
-- name: message_due
SELECT m.id, m.customer_id, m.content_id, m.address, m.vars, m.parts, m.due_at, m.not_after,
  m.attempts, m.provider_id, c.consents, c.anonymised_at IS NOT NULL,
  c.merged_into IS NOT NULL, c.language, c.time_zone, c.country, c.name, c.first_name, c.kind,
  EXISTS (SELECT 1 FROM suppression s WHERE s.company_id = m.company_id AND s.kind = :kind
    AND s.value = m.address),
  CASE WHEN :since IS NULL THEN 0 ELSE (SELECT count(*) FROM message p
    WHERE p.company_id = m.company_id AND p.customer_id = m.customer_id AND p.marketing = 1
      AND (p.sent_at > :since OR p.status = 'UNCERTAIN' AND p.claimed_at > :since)) END,
  m.reason
FROM message m LEFT JOIN customer c ON c.id = m.customer_id
WHERE m.campaign_id = :campaign_id AND m.status = 'QUEUED' AND m.channel = :channel
  AND m.due_at <= :now
ORDER BY m.due_at, m.id LIMIT :n;

-- name: message_next_due
SELECT due_at FROM message
WHERE campaign_id = :campaign_id AND status = 'QUEUED' AND channel = :channel
ORDER BY due_at, id LIMIT 1;

-- name: message_claim
UPDATE message SET status = 'SENDING', reason = 'NONE', provider = :provider, epoch = :epoch,
  claimed_at = :now, attempts = attempts + 1
WHERE id = :id AND status = 'QUEUED';

-- name: message_settle
UPDATE message SET status = :to, reason = :reason, provider_id = :provider_id, code = :code,
  due_at = :due_at, cost = cost + :cost,
  sent_at = CASE WHEN :to = 'SENT' THEN :now ELSE sent_at END,
  bounced_at = CASE WHEN :to = 'BOUNCED' THEN :now ELSE bounced_at END,
  complained_at = CASE WHEN :to = 'COMPLAINED' THEN :now ELSE complained_at END,
  unsubscribed_at = CASE WHEN :to = 'UNSUBSCRIBED' THEN :now ELSE unsubscribed_at END
WHERE id = :id AND epoch = :epoch AND status = :from;

-- Of one that is not on its way: it waits, is left out, or is queued again.
-- name: message_move
UPDATE message SET status = :to, reason = :reason, due_at = :due_at, taken = :to <> 'SKIPPED',
  sent_at = CASE WHEN :to = 'SENT' AND sent_at IS NULL THEN :now ELSE sent_at END
WHERE id = :id AND status = :from;

-- As if it had never been tried: the attempts keep what was. What a provider called the
-- earlier try is no first step of this one.
-- name: message_requeue
UPDATE message SET status = 'QUEUED', reason = 'NONE', taken = 1, due_at = :now,
  not_after = :not_after,
  address = :address, content_id = :content_id, vars = :vars, parts = :parts, channel = :channel,
  attempts = 0, provider = NULL, provider_id = NULL, code = NULL, claimed_at = NULL,
  sent_at = NULL, bounced_at = NULL
WHERE id = :id AND status = :from;

-- What a dead sender had on its way. Here and below SQLite sees that the index of the
-- doubtful holds by the words of its own condition alone.
-- name: message_sending
SELECT id, company_id, campaign_id, channel, parts, cost, epoch FROM message
WHERE status = 'SENDING' AND status IN ('SENDING', 'UNCERTAIN') ORDER BY due_at, id LIMIT :n;

-- name: message_needed
SELECT EXISTS (SELECT 1 FROM campaign WHERE status IN ('LAUNCHING', 'SCHEDULED', 'RUNNING'))
  OR EXISTS (SELECT 1 FROM message WHERE status = 'SENDING'
    AND status IN ('SENDING', 'UNCERTAIN'))
  OR EXISTS (SELECT 1 FROM message WHERE status = 'UNCERTAIN'
    AND status IN ('SENDING', 'UNCERTAIN') AND due_at < 9223372036854775807);

-- name: message_lost
UPDATE message SET status = 'UNCERTAIN', reason = :reason, due_at = :due_at
WHERE id = :id AND status = 'SENDING';

-- Those whose provider is to be asked now.
-- name: message_doubts
SELECT id FROM message WHERE status = 'UNCERTAIN' AND status IN ('SENDING', 'UNCERTAIN')
  AND due_at <= :now ORDER BY due_at, id LIMIT :n;

-- name: message_next_doubt
SELECT due_at FROM message WHERE status = 'UNCERTAIN' AND status IN ('SENDING', 'UNCERTAIN')
ORDER BY due_at, id LIMIT 1;

-- name: message_doubt_again
UPDATE message SET due_at = :due_at WHERE id = :id AND status = 'UNCERTAIN';

-- name: message_get
SELECT id, company_id, campaign_id, customer_id, channel, status, reason, content_id, address, vars,
  parts, due_at, not_after, attempts, provider, provider_id, code, epoch, queued_at, claimed_at,
  sent_at, delivered_at, opened_at, clicked_at, bounced_at, complained_at, unsubscribed_at, cost
FROM message WHERE id = :id;

-- name: message_page
SELECT m.id, m.company_id, m.campaign_id, m.customer_id, m.channel, m.status, m.reason,
  m.content_id, m.address, m.vars, m.parts, m.due_at, m.not_after, m.attempts, m.provider,
  m.provider_id, m.code, m.epoch, m.queued_at, m.claimed_at, m.sent_at, m.delivered_at,
  m.opened_at, m.clicked_at, m.bounced_at, m.complained_at, m.unsubscribed_at, m.cost,
  ifnull(c.name, ''), ifnull(c.first_name, ''), p.name
FROM message m JOIN campaign p ON p.id = m.campaign_id
  LEFT JOIN customer c ON c.id = m.customer_id
WHERE m.campaign_id = :campaign_id AND m.status = :status AND m.channel = :channel
  AND m.due_at >= :due_at AND (m.due_at > :due_at OR m.id > :id)
  AND m.reason = :reason
ORDER BY m.due_at, m.id LIMIT :n;

-- name: message_page_back
SELECT m.id, m.company_id, m.campaign_id, m.customer_id, m.channel, m.status, m.reason,
  m.content_id, m.address, m.vars, m.parts, m.due_at, m.not_after, m.attempts, m.provider,
  m.provider_id, m.code, m.epoch, m.queued_at, m.claimed_at, m.sent_at, m.delivered_at,
  m.opened_at, m.clicked_at, m.bounced_at, m.complained_at, m.unsubscribed_at, m.cost,
  ifnull(c.name, ''), ifnull(c.first_name, ''), p.name
FROM message m JOIN campaign p ON p.id = m.campaign_id
  LEFT JOIN customer c ON c.id = m.customer_id
WHERE m.campaign_id = :campaign_id AND m.status = :status AND m.channel = :channel
  AND m.due_at <= :due_at AND (m.due_at < :due_at OR m.id < :id)
  AND m.reason = :reason
ORDER BY m.due_at DESC, m.id DESC LIMIT :n;

-- name: message_page_of_customer
SELECT m.id, m.company_id, m.campaign_id, m.customer_id, m.channel, m.status, m.reason,
  m.content_id, m.address, m.vars, m.parts, m.due_at, m.not_after, m.attempts, m.provider,
  m.provider_id, m.code, m.epoch, m.queued_at, m.claimed_at, m.sent_at, m.delivered_at,
  m.opened_at, m.clicked_at, m.bounced_at, m.complained_at, m.unsubscribed_at, m.cost,
  ifnull(c.name, ''), ifnull(c.first_name, ''), p.name
FROM message m JOIN campaign p ON p.id = m.campaign_id
  LEFT JOIN customer c ON c.id = m.customer_id
WHERE m.company_id = :company_id AND m.customer_id = :customer_id AND m.id < :before
  AND p.status <> 'LAUNCHING'
ORDER BY m.id DESC LIMIT :n;

-- Of all campaigns of a company.
-- name: message_page_doubtful
SELECT m.id, m.company_id, m.campaign_id, m.customer_id, m.channel, m.status, m.reason,
  m.content_id, m.address, m.vars, m.parts, m.due_at, m.not_after, m.attempts, m.provider,
  m.provider_id, m.code, m.epoch, m.queued_at, m.claimed_at, m.sent_at, m.delivered_at,
  m.opened_at, m.clicked_at, m.bounced_at, m.complained_at, m.unsubscribed_at, m.cost,
  ifnull(c.name, ''), ifnull(c.first_name, ''), p.name
FROM message m JOIN campaign p ON p.id = m.campaign_id
  LEFT JOIN customer c ON c.id = m.customer_id
WHERE m.status = 'UNCERTAIN' AND m.status IN ('SENDING', 'UNCERTAIN')
  AND m.company_id = :company_id
  AND m.due_at >= :due_at AND (m.due_at > :due_at OR m.id > :id)
ORDER BY m.due_at, m.id LIMIT :n;

-- Something is still to be done: an UNCERTAIN one may yet be found not to have left.
-- name: message_open
SELECT EXISTS (SELECT 1 FROM message WHERE campaign_id = :campaign_id AND status = 'QUEUED')
  OR EXISTS (SELECT 1 FROM message WHERE campaign_id = :campaign_id AND status = 'SENDING')
  OR EXISTS (SELECT 1 FROM message WHERE campaign_id = :campaign_id AND status = 'UNCERTAIN'
    AND due_at < 9223372036854775807);

-- name: message_attempt_add
INSERT INTO message_attempt (message_id, seq, at, provider, outcome, reason, code, actor)
SELECT :message_id, ifnull(max(seq), 0) + 1, :at, :provider, :outcome, :reason, :code, :actor
FROM message_attempt WHERE message_id = :message_id;

-- name: message_attempts
SELECT seq, at, provider, outcome, reason, code, actor FROM message_attempt
WHERE message_id = :message_id ORDER BY seq;

-- name: message_lookups
SELECT count(*) FROM message_attempt WHERE message_id = :message_id AND outcome = 'LOOKUP'
  AND at >= :since;

-- name: message_address_taken
SELECT EXISTS (SELECT 1 FROM message WHERE campaign_id = :campaign_id AND address = :address
  AND address <> '' AND taken = 1 AND id <> :id);

-- The first of what is queued, before it is cancelled: what moves in the counts.
-- name: message_cancel_counts
SELECT channel, reason, count(*), sum(parts), sum(cost) FROM (
  SELECT channel, reason, parts, cost FROM message
  WHERE campaign_id = :campaign_id AND status = 'QUEUED' ORDER BY channel, due_at, id LIMIT :n)
GROUP BY channel, reason;

-- name: message_cancel
UPDATE message SET status = 'SKIPPED', reason = 'CANCELLED', taken = 0 WHERE id IN (
  SELECT id FROM message
  WHERE campaign_id = :campaign_id AND status = 'QUEUED' ORDER BY channel, due_at, id LIMIT :n);

-- Queued ones may go until then: some at a time, of ids over `after`.
-- name: message_extend
UPDATE message SET not_after = :not_after WHERE id IN (
  SELECT id FROM message WHERE campaign_id = :campaign_id AND status = 'QUEUED'
    AND not_after < :not_after LIMIT :n);

-- What became of a campaign's messages, by who carried them.
-- name: message_metrics
SELECT channel, provider, count(sent_at),
  count(coalesce(delivered_at, opened_at, clicked_at)), count(coalesce(opened_at, clicked_at)),
  count(clicked_at), count(bounced_at), count(unsubscribed_at), count(complained_at),
  min(sent_at), max(sent_at)
FROM message WHERE campaign_id = :campaign_id GROUP BY channel, provider;

-- name: message_by_hour
SELECT min((sent_at - :first) / 3600, :hours), count(*) FROM message
WHERE campaign_id = :campaign_id AND sent_at IS NOT NULL GROUP BY 1;

-- Invoices of those written to, in the days after: how many of them bought, for how much.
-- name: message_revenue
SELECT ifnull(sum(total), 0), count(total) FROM (
  SELECT (SELECT sum(i.total) FROM invoice i
    WHERE i.company_id = m.company_id AND i.customer_id = m.customer_id
      AND i.issued BETWEEN (m.sent_at + :offset) / 86400
        AND (m.sent_at + :offset) / 86400 + :days) AS total
  FROM message m WHERE m.campaign_id = :campaign_id AND m.sent_at IS NOT NULL LIMIT -1);
