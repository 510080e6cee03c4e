-- Durable groups and who is in them. No foreign key to account: accounts may live in a table of your own.
CREATE TABLE IF NOT EXISTS chat_group (
    id         VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name       VARCHAR(100) CHARACTER SET utf8mb4 NOT NULL,
    owner_id   VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    KEY chat_group_owner (owner_id)
) ENGINE = InnoDB;

-- The second key answers "which groups is this account in", at every login.
CREATE TABLE IF NOT EXISTS group_member (
    group_id   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    account_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    joined_at  DATETIME(3) NOT NULL,
    PRIMARY KEY (group_id, account_id),
    KEY group_member_account (account_id),
    CONSTRAINT group_member_group FOREIGN KEY (group_id) REFERENCES chat_group (id) ON DELETE CASCADE
) ENGINE = InnoDB;
