-- The company's own holidays.

-- name: holidays
SELECT day, name, off FROM holiday WHERE company_id = :company_id AND country = :country
ORDER BY day LIMIT :n;

-- name: holiday_put
INSERT INTO holiday (company_id, country, day, name, off)
VALUES (:company_id, :country, :day, :name, :off)
ON CONFLICT (company_id, country, day) DO UPDATE SET name = excluded.name, off = excluded.off;
