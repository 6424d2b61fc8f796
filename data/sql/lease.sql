-- Leases: who does what only one program may do at a time.

-- name: lease_take
INSERT INTO lease (name, owner, epoch, until) VALUES (:name, :owner, 1, :until)
ON CONFLICT DO UPDATE SET owner = excluded.owner, until = excluded.until,
  epoch = epoch + (owner <> excluded.owner)
  WHERE owner = excluded.owner OR until <= :now
RETURNING epoch;

-- Of the same holder only: one that was taken over meanwhile is not taken back.
-- name: lease_renew
UPDATE lease SET until = :until WHERE name = :name AND owner = :owner AND epoch = :epoch;

-- name: lease_release
UPDATE lease SET until = 0 WHERE name = :name AND owner = :owner;

-- name: lease_owner
SELECT owner FROM lease WHERE name = :name AND until > :now;
