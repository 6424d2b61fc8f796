-- The store itself: ids, copies, the version of its data.

-- name: store_init
INSERT INTO id_counter (one, station, next) VALUES (1, 1, 1);

-- name: store_station
SELECT station FROM id_counter;

-- name: store_station_set
UPDATE id_counter SET station = :station;

-- name: store_station_keep
INSERT INTO meta (key, value) SELECT 'stations_before', station || ',' FROM id_counter WHERE true
ON CONFLICT DO UPDATE SET value = value || excluded.value;

-- name: store_station_was
SELECT instr(',' || value, ',' || :station || ',') FROM meta WHERE key = 'stations_before';

-- Two statements: RETURNING would open a temporary table at each call, a hundred
-- times the cost.

-- name: store_ids
SELECT station, next FROM id_counter;

-- name: store_ids_take
UPDATE id_counter SET next = next + :n;

-- name: store_data_version
PRAGMA data_version;

-- name: store_copy
VACUUM INTO :path;

-- name: tombstone_add
INSERT OR IGNORE INTO tombstone (id, company_id, kind, at) VALUES (:id, :company_id, :kind, :at);
