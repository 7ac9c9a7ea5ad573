import Columnar
import GRDB
import OperationalStore

/// The entries of the audit trail, within one transaction of the access database.
struct AuditTrail {
  let database: Database

  /// Adds an entry behind the last.
  func append(
    _ action: String,
    by principal: Principal,
    on object: String,
    detail: String = "",
    at now: DateTime
  ) throws {
    let head = try head()
    let entry = AuditEntry(
      sequence: head.sequence + 1,
      at: now,
      principal: principal.name.storable,
      action: action,
      object: object.storable,
      detail: detail.storable,
      hash: ""
    ).sealed(after: head.hash)
    try database.execute(
      sql: """
        INSERT INTO audit (sequence, at, principal, action, object, detail, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        entry.sequence, entry.at.ticks, entry.principal, entry.action, entry.object,
        entry.detail, entry.hash,
      ]
    )
    try database.execute(
      sql: "INSERT OR REPLACE INTO audit_head (one, sequence, hash) VALUES (1, ?, ?)",
      arguments: [entry.sequence, entry.hash]
    )
  }

  /// What the trail says its last entry is.
  func head() throws -> AuditHead {
    let row = try Row.fetchOne(database, sql: "SELECT sequence, hash FROM audit_head")
    return row.map { AuditHead(sequence: $0["sequence"], hash: $0["hash"]) } ?? .empty
  }

  /// The last entries, oldest first.
  func last(_ count: Int) throws -> [AuditEntry] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT * FROM audit ORDER BY sequence DESC LIMIT ?",
      arguments: [count]
    )
    return rows.reversed().map(Self.entry)
  }

  /// Computes all hashes anew and tells where the trail is not what was written.
  func verify(_ expected: AuditHead?) throws -> AuditVerification {
    var previous = AuditHead.empty
    var expectedHash: String? = expected?.sequence == 0 ? AuditEntry.noHash : nil
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM audit ORDER BY sequence")
    while let row = try rows.next() {
      let entry = Self.entry(row)
      if entry.sequence != previous.sequence + 1 {
        return .tampered("entry \(previous.sequence + 1) is missing", previous)
      }
      if entry.hash != entry.hash(after: previous.hash) {
        return .tampered("entry \(entry.sequence) is not what was written", previous)
      }
      previous = AuditHead(sequence: entry.sequence, hash: entry.hash)
      if entry.sequence == expected?.sequence { expectedHash = entry.hash }
    }
    if try head() != previous {
      return .tampered("entries behind number \(previous.sequence) are missing", previous)
    }
    if let expected, expectedHash != expected.hash {
      let problem =
        expected.sequence > previous.sequence
        ? "entries behind number \(previous.sequence) are missing"
        : "entry \(expected.sequence) is not the one of the head that was kept"
      return .tampered(problem, previous)
    }
    return .whole(previous)
  }

  private static func entry(_ row: Row) -> AuditEntry {
    AuditEntry(
      sequence: row["sequence"],
      at: DateTime(ticks: row["at"]),
      principal: row["principal"],
      action: row["action"],
      object: row["object"],
      detail: row["detail"],
      hash: row["hash"]
    )
  }
}

/// Whether an audit trail is as it was written.
public enum AuditVerification: Sendable, Equatable {
  /// Every hash is right; the head is worth keeping elsewhere.
  case whole(AuditHead)
  /// What is wrong first, and the last entry that is right.
  case tampered(String, AuditHead)
}
