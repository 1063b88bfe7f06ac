-- The first shape of a record. Ids are hashes of content; `n` only serves the full-text indices.
CREATE TABLE documents (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    published_start TEXT,
    published_end TEXT,
    published_how TEXT,
    source TEXT NOT NULL,
    side TEXT NOT NULL,
    payload BLOB NOT NULL,          -- the whole Document as JSON without its text
    claims INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX documents_published ON documents (published_start);

CREATE TABLE parts (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    published_start TEXT,
    published_end TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE claims (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    text TEXT NOT NULL,             -- the evidence
    payload BLOB NOT NULL,          -- the whole claim as JSON
    block TEXT NOT NULL,            -- claims of one happening share it
    first INTEGER NOT NULL,         -- and their days, from first to last, overlap
    last INTEGER NOT NULL
);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_block ON claims (block, first);
CREATE INDEX claims_kind ON claims (kind, date_start);

CREATE TABLE claim_actors (
    claim TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    party TEXT NOT NULL,
    country TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim, role, position)
) WITHOUT ROWID;
CREATE INDEX claim_actors_party ON claim_actors (party);
CREATE INDEX claim_actors_name ON claim_actors (name);

CREATE TABLE items (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    date_start TEXT,
    date_end TEXT,
    documents INTEGER NOT NULL,
    payload BLOB NOT NULL           -- the whole Item as JSON; too wide a row for a table without row numbers
);
CREATE INDEX items_kind ON items (kind, date_start);

CREATE TABLE item_claims (
    claim TEXT PRIMARY KEY,
    item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX item_claims_item ON item_claims (item);

-- One row for each pair of sides of an item; a < b; direction is 'ab', 'ba' or 'both'.
CREATE TABLE item_pairs (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    kind TEXT NOT NULL,
    date_start TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    direction TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (a, b, kind, date_start, item)
) WITHOUT ROWID;
CREATE INDEX item_pairs_item ON item_pairs (item);

CREATE TABLE item_parties (
    party TEXT NOT NULL,
    kind TEXT NOT NULL,
    date_start TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (party, kind, date_start, item, role)
) WITHOUT ROWID;
CREATE INDEX item_parties_item ON item_parties (item);

CREATE TABLE judgements (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    claim TEXT NOT NULL,
    other TEXT NOT NULL,
    verdict TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    payload BLOB NOT NULL
);
CREATE INDEX judgements_claim ON judgements (claim);
CREATE INDEX judgements_other ON judgements (other) WHERE other <> '';
CREATE TRIGGER judgements_keep BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END;
CREATE TRIGGER judgements_fixed BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are never altered'); END;

CREATE TABLE skipped (
    id TEXT NOT NULL,
    location TEXT NOT NULL,
    why TEXT NOT NULL,
    document TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id, location, why)
) WITHOUT ROWID;

CREATE TABLE removals (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    claims INTEGER NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL
);

CREATE VIRTUAL TABLE documents_text USING fts5 (title, text, content = 'documents', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN
    INSERT INTO documents_text (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
CREATE VIRTUAL TABLE claims_text USING fts5 (text, content = 'claims', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER claims_in AFTER INSERT ON claims BEGIN
    INSERT INTO claims_text (rowid, text) VALUES (new.n, new.text);
END;
CREATE TRIGGER claims_out AFTER DELETE ON claims BEGIN
    INSERT INTO claims_text (claims_text, rowid, text) VALUES ('delete', old.n, old.text);
END;
