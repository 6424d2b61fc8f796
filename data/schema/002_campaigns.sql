-- Campaigns and their messages, templates, providers.

-- Texts to begin a campaign from. Those that came with the program have a key.
CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,
  system_key TEXT,                          -- WELCOME, NURTURE, RETENTION, BIRTHDAY, REMINDER
  channel TEXT NOT NULL,
  type TEXT NOT NULL,                       -- of the campaigns it is meant for
  archived_at INTEGER,
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  UNIQUE (company_id, channel, name_key)
) STRICT;
CREATE UNIQUE INDEX template_by_key ON template (company_id, system_key, channel)
  WHERE system_key IS NOT NULL;

-- Never edited: a change is the next version.
CREATE TABLE template_version (
  id INTEGER PRIMARY KEY,
  template_id INTEGER NOT NULL REFERENCES template (id),
  language TEXT NOT NULL,
  version INTEGER NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  html TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (template_id, language, version)
) STRICT;

CREATE TABLE campaign (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('MANY', 'ONE', 'POST')),
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  cause TEXT NOT NULL DEFAULT 'NONE',       -- why it is paused or failed
  channels INTEGER NOT NULL DEFAULT 0,      -- 1 << channel
  channel_order TEXT NOT NULL DEFAULT '',
  filter TEXT NOT NULL DEFAULT '',
  persons TEXT NOT NULL DEFAULT '',
  sender TEXT NOT NULL DEFAULT '',
  plain_names INTEGER NOT NULL DEFAULT 0,   -- of SMS: what a person is called, in the alphabet of SMS
  start_at INTEGER NOT NULL DEFAULT 0,
  customer_zone INTEGER NOT NULL DEFAULT 0,
  not_after INTEGER NOT NULL DEFAULT 0,
  late TEXT NOT NULL DEFAULT 'EXPIRE',
  budget INTEGER NOT NULL DEFAULT 0,
  frozen_upto INTEGER NOT NULL DEFAULT 0,   -- while LAUNCHING: it goes on after this customer
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  launched_at INTEGER,
  ended_at INTEGER,
  duplicate_of INTEGER,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX campaign_by_company ON campaign (company_id, id);
CREATE INDEX campaign_going ON campaign (status, id)
  WHERE status IN ('LAUNCHING', 'SCHEDULED', 'RUNNING', 'PAUSED');

-- The texts, one a channel and language; frozen once the campaign is launched.
CREATE TABLE campaign_content (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  html TEXT NOT NULL DEFAULT '',
  media TEXT NOT NULL DEFAULT '',
  template_version_id INTEGER,
  UNIQUE (campaign_id, channel, language)
) STRICT;

-- Facts: one row a person and campaign from its launch on, those left out too.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  customer_id INTEGER,                      -- NULL: a post on a page
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT 'NONE',      -- why it is where it is, or why it waits
  content_id INTEGER,
  address TEXT NOT NULL DEFAULT '',         -- normalised; emptied by erasure
  vars TEXT NOT NULL DEFAULT '',            -- JSON; emptied by erasure
  taken INTEGER NOT NULL DEFAULT 1          -- the address is written to: nobody else's may be;
    CHECK (taken = (status <> 'SKIPPED')),  -- apart, so that the index need not follow the status
  parts INTEGER NOT NULL DEFAULT 1,
  marketing INTEGER NOT NULL,
  due_at INTEGER NOT NULL,                  -- not before
  not_after INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  provider TEXT,
  provider_id TEXT,
  code TEXT,                                -- the provider's own
  epoch INTEGER NOT NULL DEFAULT 0,         -- of the lease it was claimed under
  queued_at INTEGER NOT NULL,
  claimed_at INTEGER,
  sent_at INTEGER,
  delivered_at INTEGER,
  opened_at INTEGER,
  clicked_at INTEGER,
  bounced_at INTEGER,
  complained_at INTEGER,
  unsubscribed_at INTEGER,
  cost INTEGER NOT NULL DEFAULT 0,          -- hundredths of a minor unit
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
-- A campaign writes to a person once; and what went to a person.
CREATE UNIQUE INDEX message_by_customer ON message (company_id, customer_id, campaign_id);
CREATE UNIQUE INDEX message_by_address ON message (campaign_id, address)
  WHERE taken = 1 AND address <> '';
-- The queue, and the lists of a campaign by status.
CREATE INDEX message_by_status ON message (campaign_id, status, channel, due_at, id);
-- Of an UNCERTAIN one due_at is when the provider is asked next.
CREATE INDEX message_doubtful ON message (status, due_at, id)
  WHERE status IN ('SENDING', 'UNCERTAIN');
CREATE INDEX message_by_provider_id ON message (provider_id) WHERE provider_id IS NOT NULL;

-- Facts: attempts that did not succeed at once (a first one that did is told by
-- the message's own row), look-ups and decisions.
CREATE TABLE message_attempt (
  message_id INTEGER NOT NULL REFERENCES message (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  provider TEXT,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT 'NONE',
  code TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL DEFAULT '',           -- who decided; '' the sender
  PRIMARY KEY (message_id, seq)
) STRICT, WITHOUT ROWID;

-- Derived: how many of a campaign's messages are in each status and reason, with their
-- parts and cost, kept by every write.
CREATE TABLE campaign_count (
  campaign_id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  messages INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, channel, status, reason)
) STRICT, WITHOUT ROWID;

-- What retention took away: rebuilt counts are these plus the rows.
CREATE TABLE campaign_past (
  campaign_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  messages INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, day, channel, status, reason)
) STRICT, WITHOUT ROWID;

-- Why the messages of a campaign wait as a whole, and until when.
CREATE TABLE campaign_wait (
  campaign_id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  reason TEXT NOT NULL,
  provider TEXT,
  until INTEGER NOT NULL,                   -- 0: until somebody acts
  since INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, channel)
) STRICT, WITHOUT ROWID;

-- A company's account at a provider.
CREATE TABLE provider (
  company_id INTEGER NOT NULL REFERENCES company (id),
  name TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  fields TEXT NOT NULL DEFAULT '{}',        -- JSON of what is not secret
  secrets BLOB,                             -- sealed under a key outside the store
  hourly INTEGER NOT NULL,                  -- 0: no limit
  batch INTEGER NOT NULL DEFAULT 0,         -- 0: what the provider takes
  countries TEXT NOT NULL DEFAULT '',       -- ISO codes it serves, comma between; '' all
  prices TEXT NOT NULL DEFAULT '',          -- "BF=25,FR=3.5" a message or part, major units
  tested_at INTEGER,
  tested_ok INTEGER,
  state TEXT NOT NULL DEFAULT 'UP',         -- UP, RESTING, REFUSING, FULL
  state_until INTEGER NOT NULL DEFAULT 0,   -- 0: until somebody acts
  state_code TEXT NOT NULL DEFAULT '',
  errors INTEGER NOT NULL DEFAULT 0,        -- in a row
  revision INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (company_id, name)
) STRICT, WITHOUT ROWID;

-- What was used of a limit in each minute: the last sixty are the rolling hour.
CREATE TABLE rate_use (
  company_id INTEGER NOT NULL,
  scope TEXT NOT NULL,                      -- a provider or a channel
  minute INTEGER NOT NULL,                  -- of UTC, since 1970
  used INTEGER NOT NULL,
  PRIMARY KEY (company_id, scope, minute)
) STRICT, WITHOUT ROWID;

-- Public holidays and moving feasts, editable; a row hides or adds to what the
-- program knows.
CREATE TABLE holiday (
  company_id INTEGER NOT NULL REFERENCES company (id),
  country TEXT NOT NULL,
  day INTEGER NOT NULL,
  name TEXT NOT NULL,
  off INTEGER NOT NULL DEFAULT 1,           -- 0: not a holiday here
  PRIMARY KEY (company_id, country, day)
) STRICT, WITHOUT ROWID;
