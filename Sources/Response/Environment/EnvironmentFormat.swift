import GRDB
import OperationalStore

/// The tables of the simulated environment.
enum EnvironmentFormat {
  static let migrations = [
    Migration("environment-1") { try $0.execute(sql: first) },
    Migration("environment-2") { try $0.execute(sql: sentItems) },
    Migration("environment-3") { try $0.execute(sql: consents) },
  ]

  /// The consents by which apps act for users; `user` is empty for that of the whole organization.
  private static let consents = """
    CREATE TABLE app_consents (
      tenant TEXT NOT NULL,
      app TEXT NOT NULL,
      user TEXT NOT NULL,
      name TEXT NOT NULL,
      is_granted INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      PRIMARY KEY (tenant, app, user)
    ) STRICT, WITHOUT ROWID;
    """

  /// The copies of mails in the mailboxes of their senders that actions moved; all others are sent
  /// items.
  private static let sentItems = """
    CREATE TABLE sent_items (
      tenant TEXT NOT NULL,
      message TEXT NOT NULL,
      sender TEXT NOT NULL,
      location TEXT NOT NULL,
      changed INTEGER NOT NULL,
      PRIMARY KEY (tenant, message)
    ) STRICT, WITHOUT ROWID;
    """

  /// Ids are in small letters. `changed` are ticks: of the event that told of a state, or of the
  /// action that made it.
  private static let first = """
    CREATE TABLE mails (
      tenant TEXT NOT NULL,
      message TEXT NOT NULL,
      recipient TEXT NOT NULL,
      sender TEXT NOT NULL DEFAULT '',
      subject TEXT NOT NULL DEFAULT '',
      direction TEXT NOT NULL DEFAULT '',
      location TEXT NOT NULL,
      changed INTEGER NOT NULL,
      PRIMARY KEY (tenant, message, recipient)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE inbox_rules (
      tenant TEXT NOT NULL,
      mailbox TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (tenant, mailbox, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE devices (
      tenant TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT NOT NULL DEFAULT '',
      isolation TEXT NOT NULL DEFAULT '',
      is_contained INTEGER NOT NULL DEFAULT 0,
      is_restricted INTEGER NOT NULL DEFAULT 0,
      last_scan INTEGER,
      last_package INTEGER,
      PRIMARY KEY (tenant, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quarantined_files (
      tenant TEXT NOT NULL,
      device TEXT NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (tenant, device, hash)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE identities (
      id INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL,
      sid TEXT NOT NULL DEFAULT '',
      object_id TEXT NOT NULL DEFAULT '',
      upn TEXT NOT NULL DEFAULT '',
      is_enabled INTEGER NOT NULL DEFAULT 1,
      needs_password INTEGER NOT NULL DEFAULT 0,
      risk TEXT NOT NULL DEFAULT 'none'
    ) STRICT;
    CREATE INDEX identities_by_sid ON identities (tenant, sid);
    CREATE INDEX identities_by_object ON identities (tenant, object_id);
    CREATE INDEX identities_by_upn ON identities (tenant, upn);

    CREATE TABLE done (
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      kind TEXT NOT NULL,
      detail TEXT NOT NULL,
      before TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (tenant, number)
    ) STRICT, WITHOUT ROWID;
    """
}
