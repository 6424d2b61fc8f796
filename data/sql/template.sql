-- Texts to begin campaigns from, and their versions.

-- name: template_insert
INSERT INTO template (id, company_id, name, name_key, system_key, channel, type, created_at)
VALUES (:id, :company_id, :name, :name_key, :system_key, :channel, :type, :created_at)
ON CONFLICT DO NOTHING;

-- name: template_edit
UPDATE OR IGNORE template SET name = :name, name_key = :name_key, type = :type,
  archived_at = :archived_at, revision = revision + 1
WHERE id = :id AND company_id = :company_id AND revision = :revision;

-- Its texts changed.
-- name: template_raise
UPDATE template SET revision = revision + 1
WHERE id = :id AND company_id = :company_id AND revision = :revision;

-- name: template_get
SELECT id, company_id, name, system_key, channel, type, archived_at, created_at, revision, ''
FROM template WHERE id = :id AND company_id = :company_id;

-- name: template_list
SELECT t.id, t.company_id, t.name, t.system_key, t.channel, t.type, t.archived_at, t.created_at,
  t.revision, (SELECT group_concat(language) FROM (SELECT DISTINCT v.language
    FROM template_version v WHERE v.template_id = t.id ORDER BY v.language))
FROM template t WHERE t.company_id = :company_id AND (:channel IS NULL OR t.channel = :channel)
  AND (:archived OR t.archived_at IS NULL)
ORDER BY t.channel, t.name_key LIMIT :n;

-- name: template_by_key
SELECT id, company_id, name, system_key, channel, type, archived_at, created_at, revision, ''
FROM template WHERE company_id = :company_id AND system_key = upper(:system_key) AND channel = :channel;

-- name: template_by_name
SELECT id, company_id, name, system_key, channel, type, archived_at, created_at, revision, ''
FROM template WHERE company_id = :company_id AND channel = :channel AND name_key = :name_key;

-- How many came with the program.
-- name: template_system_count
SELECT count(*) FROM template WHERE company_id = :company_id AND system_key IS NOT NULL;

-- name: template_version_insert
INSERT INTO template_version (id, template_id, language, version, subject, text, html, author,
  created_at)
SELECT :id, :template_id, :language, ifnull(max(version), 0) + 1, :subject, :text, :html, :author,
  :created_at
FROM template_version WHERE template_id = :template_id AND language = :language
RETURNING version;

-- name: template_versions
SELECT id, template_id, language, version, subject, text, html, author, created_at
FROM template_version WHERE template_id = :template_id
ORDER BY language, version DESC LIMIT :n;

-- name: template_version_latest
SELECT id, template_id, language, version, subject, text, html, author, created_at
FROM template_version WHERE template_id = :template_id AND language = :language
ORDER BY version DESC LIMIT 1;

-- name: template_version_get
SELECT v.id, v.template_id, v.language, v.version, v.subject, v.text, v.html, v.author,
  v.created_at
FROM template_version v JOIN template t ON t.id = v.template_id
WHERE v.id = :id AND t.company_id = :company_id;
