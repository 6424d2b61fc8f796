-- The search index. Its tables keep no text: what is taken out must be named.

-- name: search_word_add
INSERT INTO search_word (rowid, name, contact, sound) VALUES (:id, :name, :contact, :sound);

-- name: search_word_drop
INSERT INTO search_word (search_word, rowid, name, contact, sound)
VALUES ('delete', :id, :name, :contact, :sound);

-- name: search_part_add
INSERT INTO search_part (rowid, text) VALUES (:id, :text);

-- name: search_part_drop
INSERT INTO search_part (search_part, rowid, text) VALUES ('delete', :id, :text);
