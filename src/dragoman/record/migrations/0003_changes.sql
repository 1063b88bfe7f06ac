-- What each change of the record touched, so that whoever keeps answers knows which of them still hold; the newest
-- some thousand are kept. `touched` is a `Touched` as JSON.
CREATE TABLE changes (
    n INTEGER PRIMARY KEY,
    touched BLOB NOT NULL
);

-- What puts a claim in order for those who review, beside the wide payload.
ALTER TABLE claims ADD COLUMN confidence REAL NOT NULL DEFAULT 1;
ALTER TABLE claims ADD COLUMN score REAL NOT NULL DEFAULT 0;
UPDATE claims SET confidence = coalesce(json_extract(CAST(payload AS TEXT), '$.confidence'), 1),
    score = coalesce(json_extract(CAST(payload AS TEXT), '$.score'), 0);
CREATE INDEX claims_lead ON claims (state, kind, id, document, type, status, confidence, score);

-- The line of a document without its text, which fills many pages of the file; and documents newest first.
CREATE INDEX documents_line
    ON documents (id, title, url, published_start, published_end, published_how, source, side, language, claims);
CREATE INDEX documents_newest ON documents (coalesce(published_start, ''), id);

-- All items of a kind in their order, page by page.
CREATE INDEX items_day ON items (kind, coalesce(date_start, ''), id);
