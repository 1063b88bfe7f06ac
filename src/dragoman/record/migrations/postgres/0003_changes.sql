-- What each change of the record touched, so that whoever keeps answers knows which of them still hold; the newest
-- some thousand are kept. `touched` is a `Touched` as JSON.
CREATE TABLE changes (
    n BIGINT PRIMARY KEY,
    touched BYTEA NOT NULL
);

-- What puts a claim in order for those who review, beside the wide payload.
ALTER TABLE claims ADD COLUMN confidence DOUBLE PRECISION NOT NULL DEFAULT 1;
ALTER TABLE claims ADD COLUMN score DOUBLE PRECISION NOT NULL DEFAULT 0;
UPDATE claims SET confidence = coalesce((convert_from(payload, 'UTF8')::json ->> 'confidence')::float8, 1),
    score = coalesce((convert_from(payload, 'UTF8')::json ->> 'score')::float8, 0);
CREATE INDEX claims_lead ON claims (state, kind, id, document, type, status, confidence, score);

-- Documents newest first; their texts lie apart from their rows here.
CREATE INDEX documents_newest ON documents (coalesce(published_start, ''), id);

-- All items of a kind in their order, page by page.
CREATE INDEX items_day ON items (kind, coalesce(date_start, ''), id);
