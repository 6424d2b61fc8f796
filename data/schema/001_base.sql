-- The first schema. Never edited once released: a change is a new file.
--
-- Facts are written by people and by the accounting side; derived tables can
-- be rebuilt from them (ecompta-crm doctor --rebuild) and say so here.
-- Days are whole days since 1970-01-01, instants are UTC seconds, amounts are
-- minor units of the company's currency, ids are station << 41 | counter.
-- Read a day with date(day * 86400, 'unixepoch').

---------------------------------------------------------------- the store

-- What the store knows of itself: fold_version, made_at, bulk, stations_before,
-- store_id, key_* (of the secrets), station_* (whether it is a copy), salt.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The one source of ids, raised inside the transaction that uses them.
CREATE TABLE id_counter (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  station INTEGER NOT NULL CHECK (station > 0 AND station < 4194304),
  next INTEGER NOT NULL CHECK (next > 0)
) STRICT;

-- Who does a thing that only one program may do at a time.
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was deleted, so that a sync does not bring it back.
CREATE TABLE tombstone (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

------------------------------------------------------- companies and users

CREATE TABLE company (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  country TEXT NOT NULL,                    -- ISO 3166-1 alpha-2
  currency TEXT NOT NULL,                   -- ISO 4217, the reporting currency
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL,
  terms_days INTEGER NOT NULL CHECK (terms_days BETWEEN 0 AND 3650),
  revenue_low INTEGER NOT NULL CHECK (revenue_low > 0), -- major units
  revenue_mid INTEGER NOT NULL,
  revenue_high INTEGER NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  CHECK (revenue_low < revenue_mid AND revenue_mid < revenue_high)
) STRICT;

CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,                      -- role words, comma between
  created_at INTEGER NOT NULL,
  disabled_at INTEGER
) STRICT;

-- A company's settings (a user's own with user_id > 0).
CREATE TABLE setting (
  company_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (company_id, user_id, key)
) STRICT, WITHOUT ROWID;

-- The dated rules of a country, each with its source; the newest day wins.
CREATE TABLE country_rule (
  company_id INTEGER NOT NULL REFERENCES company (id),
  country TEXT NOT NULL,
  rule TEXT NOT NULL,
  since_day INTEGER NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (company_id, country, rule, since_day)
) STRICT, WITHOUT ROWID;

----------------------------------------------------------------- customers

CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  account_key TEXT,                         -- the accounting system's own key
  kind TEXT NOT NULL CHECK (kind IN ('PERSON', 'FIRM')),
  nature TEXT NOT NULL CHECK (nature IN ('PRIVATE', 'PROFESSIONAL')),
  name TEXT NOT NULL CHECK (name <> ''),    -- a firm's name, a person's family name
  first_name TEXT NOT NULL DEFAULT '',
  firm TEXT NOT NULL DEFAULT '',            -- where a person works
  name_key TEXT NOT NULL,                   -- derived: folded "name first_name"
  email TEXT NOT NULL DEFAULT '',           -- as typed
  email_key TEXT,                           -- derived: normalised, NULL if none or invalid
  phone TEXT NOT NULL DEFAULT '',           -- as typed
  phone_e164 TEXT,                          -- derived: E.164, NULL if none or invalid
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  city_key TEXT NOT NULL,                   -- derived: folded, a sentinel that sorts last if none
  country TEXT NOT NULL DEFAULT '',
  birth_day INTEGER,
  language TEXT NOT NULL DEFAULT '',        -- '' means the company's
  time_zone TEXT NOT NULL DEFAULT '',
  channels TEXT NOT NULL DEFAULT '',        -- preferred, in order, comma between
  best_minute INTEGER,                      -- best contact time, minutes after midnight
  consents INTEGER NOT NULL DEFAULT 0,      -- derived from consent_event: two bits a subject
  merged_into INTEGER,                      -- this record lives on in that one
  anonymised_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,      -- raised by every edit: who saves an old one is told
  imported INTEGER NOT NULL DEFAULT 0,      -- digest of the last line imported: the same again changes nothing
  UNIQUE (company_id, id)
) STRICT;

CREATE UNIQUE INDEX customer_by_account ON customer (company_id, account_key)
  WHERE account_key IS NOT NULL;
CREATE INDEX customer_by_name ON customer (company_id, name_key, id) WHERE merged_into IS NULL;
CREATE INDEX customer_by_city ON customer (company_id, city_key, id) WHERE merged_into IS NULL;
CREATE INDEX customer_by_email ON customer (company_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customer_by_phone ON customer (company_id, phone_e164) WHERE phone_e164 IS NOT NULL;
CREATE INDEX customer_by_erasure ON customer (company_id, id) WHERE anonymised_at IS NOT NULL;
CREATE INDEX customer_by_merge ON customer (merged_into) WHERE merged_into IS NOT NULL;

-- Further ids of a customer: in other systems, and the accounting keys of
-- records that were merged into it.
CREATE TABLE customer_key (
  company_id INTEGER NOT NULL,
  system TEXT NOT NULL,
  key TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (company_id, system, key),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_key_by_customer ON customer_key (company_id, customer_id);

-- Further addresses of a customer: second e-mails and phones, social handles.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('EMAIL', 'PHONE', 'WHATSAPP', 'FACEBOOK', 'INSTAGRAM', 'POST')),
  label TEXT NOT NULL DEFAULT '',           -- "accounting", "shop", a person's name
  typed TEXT NOT NULL,
  value TEXT,                               -- normalised, NULL if invalid
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE INDEX contact_by_customer ON contact (company_id, customer_id, kind);
CREATE INDEX contact_by_value ON contact (company_id, kind, value) WHERE value IS NOT NULL;

CREATE TABLE tag (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  UNIQUE (company_id, name_key)
) STRICT;

CREATE TABLE customer_tag (
  company_id INTEGER NOT NULL,
  tag_id INTEGER NOT NULL REFERENCES tag (id),
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (company_id, tag_id, customer_id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tag_by_customer ON customer_tag (company_id, customer_id, tag_id);

-- Notes and calls.
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('NOTE', 'CALL')),
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE INDEX note_by_customer ON note (company_id, customer_id, at, id);

-- What is to be done about a customer, and how a call ended.
CREATE TABLE task (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('CALL', 'REMINDER', 'OTHER')),
  due_day INTEGER NOT NULL,
  due_minute INTEGER NOT NULL DEFAULT 1440, -- after midnight; 1440: some time that day
  owner TEXT NOT NULL,                      -- a login
  note TEXT NOT NULL DEFAULT '',
  outcome TEXT CHECK (outcome IN ('REACHED', 'NOT_REACHED', 'PROMISE', 'NO_MORE_CALLS')),
  promise_amount INTEGER,                   -- promised in this call, or waited for by a task
  promise_day INTEGER,                      -- without an outcome
  promise_from INTEGER,                     -- day of the call: payments from then on count
  follows INTEGER,                          -- the task whose outcome made this one
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  revision INTEGER NOT NULL DEFAULT 1,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE INDEX task_open ON task (company_id, due_day, due_minute, id) WHERE done_at IS NULL;
CREATE INDEX task_by_customer ON task (company_id, customer_id, due_day, id);

------------------------------------------------------ consent and refusals

-- The exact sentences people agreed to.
CREATE TABLE consent_wording (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  language TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (company_id, language, version)
) STRICT;

-- Facts: each act by which somebody agreed or refused, for several subjects at
-- once (bits as in src/model/consent.h). Append-only.
CREATE TABLE consent_event (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,                      -- when the person said it
  noted_at INTEGER NOT NULL,                -- when the line was written
  granted INTEGER NOT NULL DEFAULT 0,       -- bit set of subjects
  refused INTEGER NOT NULL DEFAULT 0,
  cleared INTEGER NOT NULL DEFAULT 0,       -- a slip taken back: unknown again
  source TEXT NOT NULL,
  basis TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  wording_id INTEGER REFERENCES consent_wording (id),
  note TEXT NOT NULL DEFAULT '',
  corrects_id INTEGER,
  actor TEXT NOT NULL,
  CHECK (granted & refused = 0),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE INDEX consent_by_customer ON consent_event (company_id, customer_id, id);

-- Addresses that are never written to, whoever owns them.
CREATE TABLE suppression (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  kind TEXT NOT NULL CHECK (kind IN ('EMAIL', 'PHONE', 'FACEBOOK', 'INSTAGRAM')),
  value TEXT NOT NULL,                      -- normalised
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  UNIQUE (company_id, kind, value)
) STRICT;

------------------------------------------------------ invoices and payments

-- Facts, append-only but for undo and erasure. A credit note is negative and
-- may name the invoice it credits.
CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number TEXT NOT NULL,                     -- the accounting system's own
  issued INTEGER NOT NULL,
  due INTEGER,                              -- NULL: issued + the company's terms
  total INTEGER NOT NULL,                   -- tax included
  credits_id INTEGER,
  original_total INTEGER,                   -- where it was made out in another currency
  original_currency TEXT,
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE UNIQUE INDEX invoice_by_number ON invoice (company_id, number);
-- Covers everything the scoring reads.
CREATE INDEX invoice_by_customer
  ON invoice (company_id, customer_id, issued, id, due, total, credits_id);

CREATE INDEX invoice_by_credited
  ON invoice (company_id, credits_id, issued, total, customer_id) WHERE credits_id IS NOT NULL;

-- No foreign key to invoice: an index for it would cost a tenth of every load,
-- and a payment is only ever written beside its invoice; doctor looks for
-- orphans.
CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,             -- the invoice's
  invoice_id INTEGER NOT NULL,
  reference TEXT NOT NULL,                  -- the accounting system's own, or made from the line
  paid_on INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT;
CREATE UNIQUE INDEX payment_by_reference ON payment (company_id, reference);
CREATE INDEX payment_by_customer
  ON payment (company_id, customer_id, invoice_id, paid_on, amount);

-------------------------------------------------------------- intelligence

-- Derived: what the rules say of each customer, one row each from the moment
-- the customer exists. A merged record has none.
CREATE TABLE customer_score (
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  score INTEGER NOT NULL,
  segment TEXT NOT NULL,
  behaviour TEXT NOT NULL,
  churn INTEGER NOT NULL,                   -- tenths, 0 to 10
  revenue INTEGER NOT NULL,
  purchases INTEGER NOT NULL,               -- in 365 days
  delay_days INTEGER,                       -- NULL: unknown
  last_purchase INTEGER NOT NULL,           -- day; -2147483648: never
  last_interaction INTEGER NOT NULL,        -- day; -2147483648: never
  lifetime_value INTEGER NOT NULL,
  satisfaction INTEGER NOT NULL,
  overdue INTEGER NOT NULL,                 -- open amount of invoices past due
  overdue_30 INTEGER NOT NULL,              -- of it, past due by more than 30 days
  overdue_60 INTEGER NOT NULL,              -- by more than 60
  overdue_90 INTEGER NOT NULL,              -- by more than 90
  overdue_since INTEGER NOT NULL,           -- due day of the oldest; 2147483647: none
  active INTEGER NOT NULL,
  computed_on INTEGER NOT NULL,             -- day of the calculation that last changed the row
  PRIMARY KEY (company_id, customer_id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX score_by_score ON customer_score (company_id, score, customer_id);
CREATE INDEX score_by_segment ON customer_score (company_id, segment, score, customer_id);
CREATE INDEX score_by_churn ON customer_score (company_id, churn, customer_id);
CREATE INDEX score_by_revenue ON customer_score (company_id, revenue, customer_id);
CREATE INDEX score_by_purchase ON customer_score (company_id, last_purchase, customer_id);
CREATE INDEX score_by_interaction ON customer_score (company_id, last_interaction, customer_id);
CREATE INDEX score_by_overdue ON customer_score (company_id, overdue, customer_id);
CREATE INDEX score_by_overdue_since ON customer_score (company_id, overdue_since, customer_id)
  WHERE overdue > 0;

-- Facts: each change of score or segment, one line a customer and day.
CREATE TABLE score_history (
  company_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  score_before INTEGER NOT NULL,
  score_after INTEGER NOT NULL,
  segment_before TEXT NOT NULL,
  segment_after TEXT NOT NULL,
  PRIMARY KEY (company_id, customer_id, day)
) STRICT, WITHOUT ROWID;

-- Derived: sums kept up to date by every write, so that nothing counts rows.
CREATE TABLE counter (
  company_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (company_id, name)
) STRICT, WITHOUT ROWID;

-- Derived: search over folded text, rowid is the id of the customer or of the
-- contact. Words answer while typing; trigrams find any part of a name, an e-mail
-- or a phone.
CREATE VIRTUAL TABLE search_word USING fts5 (
  name, contact, sound, content = '', prefix = '2 3', detail = column,
  tokenize = "unicode61 remove_diacritics 0 tokenchars '+='"
);
-- How names sound, with how many have them: where duplicates are looked for.
CREATE VIRTUAL TABLE search_vocab USING fts5vocab (search_word, col);
CREATE VIRTUAL TABLE search_part USING fts5 (
  text, content = '', detail = none, tokenize = "trigram case_sensitive 1"
);

------------------------------------------------------- a user's own things

CREATE TABLE saved_filter (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  filter TEXT NOT NULL,                     -- in the filter language
  created_by TEXT NOT NULL,
  UNIQUE (company_id, name_key)
) STRICT;

CREATE TABLE favourite (
  company_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, user_id, customer_id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX favourite_by_customer ON favourite (company_id, customer_id);

CREATE TABLE recent (
  company_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, user_id, customer_id),
  FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recent_by_customer ON recent (company_id, customer_id);

-- Pairs somebody looked at and found to be two different people.
CREATE TABLE not_duplicate (
  company_id INTEGER NOT NULL,
  low_id INTEGER NOT NULL,
  high_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (company_id, low_id, high_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_duplicate_by_high ON not_duplicate (company_id, high_id);

------------------------------------------------------------ imports, undo

-- A change that can be taken back as a whole: an import, a bulk edit, a merge,
-- one edit. What it made is kept as id ranges, what it changed as it was.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id),
  kind TEXT NOT NULL CHECK (kind IN ('IMPORT', 'EDIT', 'BULK', 'MERGE')),
  title TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX journal_by_company ON journal (company_id, id);

CREATE TABLE journal_made (
  journal_id INTEGER NOT NULL REFERENCES journal (id),
  seq INTEGER NOT NULL,
  entity TEXT NOT NULL,                     -- the table
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (journal_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_changed (
  journal_id INTEGER NOT NULL REFERENCES journal (id),
  seq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,                -- after the change: undo skips what was edited since
  before TEXT NOT NULL,                     -- JSON of the changed columns, emptied by erasure
  PRIMARY KEY (journal_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY REFERENCES journal (id),
  company_id INTEGER NOT NULL REFERENCES company (id),
  kind TEXT NOT NULL CHECK (kind IN ('CUSTOMERS', 'INVOICES', 'PAYMENTS')),
  path TEXT NOT NULL,
  sheet TEXT NOT NULL DEFAULT '',
  file_hash TEXT NOT NULL,
  options TEXT NOT NULL,                    -- JSON: mapping, separators, legal basis
  status TEXT NOT NULL CHECK (status IN ('RUNNING', 'DONE', 'UNDOING', 'UNDONE')),
  position INTEGER NOT NULL DEFAULT 0,      -- rows of the source already committed
  next_offset INTEGER NOT NULL DEFAULT 0,   -- where the next one begins: it goes on there
  next_line INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL,                    -- bytes of the source
  created INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  customers INTEGER NOT NULL DEFAULT 0,     -- made for invoices that came before them
  remarks INTEGER NOT NULL DEFAULT 0,       -- values that were left out or are no use
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX import_by_company ON import_run (company_id, id);
CREATE INDEX import_open ON import_run (company_id, id) WHERE status IN ('RUNNING', 'UNDOING');

-- Lines that were refused, and remarks on values of lines that were taken in.
CREATE TABLE import_refusal (
  import_id INTEGER NOT NULL REFERENCES import_run (id),
  line INTEGER NOT NULL,
  field TEXT NOT NULL,
  refused INTEGER NOT NULL CHECK (refused IN (0, 1)), -- 0: only a remark
  reason TEXT NOT NULL,
  value TEXT NOT NULL,
  raw TEXT NOT NULL,                        -- the whole refused line as CSV
  PRIMARY KEY (import_id, line, field)
) STRICT, WITHOUT ROWID;

-- Which column means what, by the file's header line.
CREATE TABLE import_mapping (
  company_id INTEGER NOT NULL REFERENCES company (id),
  kind TEXT NOT NULL,
  header_hash TEXT NOT NULL,
  options TEXT NOT NULL,
  PRIMARY KEY (company_id, kind, header_hash)
) STRICT, WITHOUT ROWID;

--------------------------------------------------------------------- audit

-- Each entry's hash covers the one before, so a removed or altered line shows.
-- Details lie apart: the chain covers their salted digest, erasure may empty
-- them.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  company_id INTEGER NOT NULL,              -- 0: the store itself
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,                     -- SCREEN, COMMAND, DAEMON
  action TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',         -- customer, import, setting...
  subject_id INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (company_id, subject, subject_id, seq);

CREATE TABLE audit_detail (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  salt BLOB NOT NULL,
  detail TEXT NOT NULL                      -- JSON
) STRICT;
