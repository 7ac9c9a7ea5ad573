import GRDB
import OperationalStore

/// The tables of the access database, step by step.
enum AccessFormat {
  /// The steps in order; a released one is never changed.
  static let migrations = [Migration("tenancy-1") { try $0.execute(sql: first) }]

  /// Times are ticks; hashes are those of `AuditEntry`.
  private static let first = """
    CREATE TABLE tenant_records (
      name TEXT NOT NULL PRIMARY KEY,
      tenant_id TEXT UNIQUE,
      display_name TEXT,
      status TEXT NOT NULL CHECK (status IN ('active', 'suspended'))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tenant_groups (
      name TEXT NOT NULL, tenant TEXT NOT NULL, PRIMARY KEY (name, tenant)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE principals (
      name TEXT NOT NULL PRIMARY KEY, added INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE grants (
      principal TEXT NOT NULL REFERENCES principals (name) ON DELETE CASCADE,
      capability TEXT NOT NULL,
      target TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      granted INTEGER NOT NULL,
      expires INTEGER,
      PRIMARY KEY (principal, capability, target)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      principal TEXT NOT NULL,
      action TEXT NOT NULL,
      object TEXT NOT NULL,
      detail TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
    CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

    CREATE TABLE audit_head (
      one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL
    ) STRICT;
    """
}
