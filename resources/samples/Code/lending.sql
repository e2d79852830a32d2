-- The village library: who has borrowed what, and what is overdue.

CREATE TABLE book (
    id      INTEGER PRIMARY KEY,
    title   TEXT NOT NULL,
    author  TEXT NOT NULL,
    shelf   TEXT NOT NULL
);

CREATE TABLE reader (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    joined  DATE NOT NULL
);

CREATE TABLE loan (
    book     INTEGER NOT NULL REFERENCES book(id),
    reader   INTEGER NOT NULL REFERENCES reader(id),
    borrowed DATE NOT NULL,
    due      DATE NOT NULL,
    returned DATE,
    CHECK (returned IS NULL OR returned >= borrowed)
);

-- A book can be out only once at a time.
CREATE UNIQUE INDEX one_open_loan ON loan(book) WHERE returned IS NULL;

CREATE VIEW overdue AS
SELECT reader.name, book.title, julianday('now') - julianday(loan.due) AS days_late
FROM loan
JOIN book ON book.id = loan.book
JOIN reader ON reader.id = loan.reader
WHERE loan.returned IS NULL AND loan.due < date('now')
ORDER BY days_late DESC;
