import GRDB
import OperationalStore

/// The tables of the catalogue, step by step.
enum CatalogueFormat {
  /// The steps in order; a released one is never changed.
  static let migrations = [
    Migration("table-store-1") { try $0.execute(sql: first) },
    Migration("table-store-2") { try $0.execute(sql: second) },
  ]

  /// Sequence numbers are those of a table's rows; times are ticks; runs are `IngestionRun`s.
  private static let first = """
    CREATE TABLE store_settings (
      name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO store_settings VALUES ('version', 1);

    CREATE TABLE tenants (
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE tables (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant_id INTEGER NOT NULL REFERENCES tenants (id),
      name TEXT NOT NULL,
      next_sequence INTEGER NOT NULL,
      retention_days INTEGER,
      UNIQUE (tenant_id, name)
    ) STRICT;

    CREATE TABLE table_columns (
      table_id INTEGER NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      PRIMARY KEY (table_id, position),
      UNIQUE (table_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE segments (
      id TEXT NOT NULL PRIMARY KEY,
      table_id INTEGER NOT NULL REFERENCES tables (id),
      path TEXT NOT NULL UNIQUE,
      row_count INTEGER NOT NULL,
      byte_count INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      minimum_time INTEGER,
      maximum_time INTEGER,
      first_sequence INTEGER NOT NULL,
      last_sequence INTEGER NOT NULL,
      last_ingested INTEGER NOT NULL,
      runs TEXT NOT NULL
    ) STRICT;
    CREATE INDEX segments_in_order ON segments (table_id, first_sequence);

    CREATE TABLE ingestion_batches (
      tenant_id INTEGER NOT NULL REFERENCES tenants (id),
      batch TEXT NOT NULL,
      ingested INTEGER NOT NULL,
      accepted INTEGER NOT NULL,
      dead_lettered INTEGER NOT NULL,
      PRIMARY KEY (tenant_id, batch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE dead_letter_files (
      id TEXT NOT NULL PRIMARY KEY,
      table_id INTEGER NOT NULL REFERENCES tables (id),
      path TEXT NOT NULL UNIQUE,
      batch TEXT NOT NULL,
      written INTEGER NOT NULL,
      letter_count INTEGER NOT NULL,
      byte_count INTEGER NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE removed_files (
      path TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// A tenant that only keeps the names and dead letters of batches whose rows name other tenants
  /// is not present.
  private static let second = """
    ALTER TABLE tenants ADD COLUMN is_present INTEGER NOT NULL DEFAULT 1;
    """
}
