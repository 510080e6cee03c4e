-- Who may log in. Left out when auth.accountQuery names a table of your own.
-- Ids compare exactly (binary collation): ann and Ann are two accounts. Times are UTC.
CREATE TABLE IF NOT EXISTS account (
    id            VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name          VARCHAR(100) CHARACTER SET utf8mb4 NOT NULL,
    password_hash VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    roles         VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
    created_at    DATETIME(3)  NOT NULL,
    disabled_at   DATETIME(3)  NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB;
