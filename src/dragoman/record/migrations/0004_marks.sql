-- What a search is narrowed by stands as words (`marks.py`) in the full-text index beside the text. Beginnings of two and
-- three letters have an index of their own.
ALTER TABLE documents ADD COLUMN marks TEXT NOT NULL DEFAULT '';
ALTER TABLE claims ADD COLUMN marks TEXT NOT NULL DEFAULT '';
DROP TRIGGER documents_in;
DROP TRIGGER documents_out;
DROP TRIGGER claims_in;
DROP TRIGGER claims_out;
DROP TABLE documents_text;
DROP TABLE claims_text;

CREATE TABLE years (y INTEGER PRIMARY KEY);
INSERT INTO years WITH RECURSIVE count (y) AS (SELECT 1900 UNION ALL SELECT y + 1 FROM count WHERE y < 2099) SELECT y FROM count;
CREATE TABLE spans (n INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);

INSERT INTO spans SELECT n, min(max(CAST(substr(date_start, 1, 4) AS INTEGER), 1900), 2099),
    min(max(CAST(substr(date_end, 1, 4) AS INTEGER), 1900), 2099)
FROM claims WHERE date_start IS NOT NULL AND date_end IS NOT NULL;
UPDATE claims SET marks = (SELECT coalesce(group_concat(mark, ' '), '') FROM (
    SELECT 'k' || lower(hex(claims.kind)) AS mark
    UNION SELECT 't' || lower(hex(claims.type)) WHERE claims.type <> ''
    UNION SELECT 's' || lower(hex(claims.status)) WHERE claims.status <> ''
    UNION SELECT 'o' || lower(hex(source)) FROM documents WHERE id = claims.document AND source <> ''
    UNION SELECT 'a' || lower(hex(side)) FROM documents WHERE id = claims.document AND side <> ''
    UNION SELECT 'p' || lower(hex(party)) FROM claim_actors WHERE claim = claims.id AND party <> ''
    UNION SELECT 'y' || y FROM spans, years WHERE n = claims.n AND last - first <= 30 AND y BETWEEN first AND last
    UNION SELECT 'd' || (y / 10) FROM spans, years WHERE n = claims.n AND last - first <= 30 AND y BETWEEN first AND last
    UNION SELECT 'long' FROM spans WHERE n = claims.n AND last - first > 30
    ORDER BY mark
));

DELETE FROM spans;
INSERT INTO spans SELECT n, min(max(CAST(substr(published_start, 1, 4) AS INTEGER), 1900), 2099),
    min(max(CAST(substr(published_end, 1, 4) AS INTEGER), 1900), 2099)
FROM documents WHERE published_start IS NOT NULL AND published_end IS NOT NULL;
UPDATE documents SET marks = (SELECT coalesce(group_concat(mark, ' '), '') FROM (
    SELECT 'o' || lower(hex(documents.source)) AS mark WHERE documents.source <> ''
    UNION SELECT 'a' || lower(hex(documents.side)) WHERE documents.side <> ''
    UNION SELECT 'p' || lower(hex(party)) FROM claims AS c JOIN claim_actors AS a ON a.claim = c.id
        WHERE c.document = documents.id AND c.state = '' AND party <> ''
    UNION SELECT 'y' || y FROM spans, years WHERE n = documents.n AND last - first <= 30 AND y BETWEEN first AND last
    UNION SELECT 'd' || (y / 10) FROM spans, years WHERE n = documents.n AND last - first <= 30 AND y BETWEEN first AND last
    UNION SELECT 'long' FROM spans WHERE n = documents.n AND last - first > 30
    ORDER BY mark
));
DROP TABLE spans;
DROP TABLE years;

CREATE VIRTUAL TABLE documents_text USING fts5 (title, text, marks, content = 'documents', content_rowid = 'n', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO documents_text (documents_text) VALUES ('rebuild');
CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN
    INSERT INTO documents_text (rowid, title, text, marks) VALUES (new.n, new.title, new.text, new.marks);
END;
CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text, marks) VALUES ('delete', old.n, old.title, old.text, old.marks);
END;
CREATE TRIGGER documents_marked AFTER UPDATE OF marks ON documents BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text, marks) VALUES ('delete', old.n, old.title, old.text, old.marks);
    INSERT INTO documents_text (rowid, title, text, marks) VALUES (new.n, new.title, new.text, new.marks);
END;
CREATE VIRTUAL TABLE claims_text USING fts5 (text, marks, content = 'claims', content_rowid = 'n', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO claims_text (claims_text) VALUES ('rebuild');
CREATE TRIGGER claims_in AFTER INSERT ON claims BEGIN
    INSERT INTO claims_text (rowid, text, marks) VALUES (new.n, new.text, new.marks);
END;
CREATE TRIGGER claims_out AFTER DELETE ON claims BEGIN
    INSERT INTO claims_text (claims_text, rowid, text, marks) VALUES ('delete', old.n, old.text, old.marks);
END;

