import Columnar
import FileAccess
import GRDB
import HarrierTesting
import OperationalStore
import Testing

@testable import Tenancy

/// Whatever was done to the audit trail from outside shows.
@Suite("The audit trail") struct AuditTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// An access database with some entries in its trail.
  private func filled() throws -> AccessStore {
    let access = try #require(try AccessStore.open(store: folder.path, access: .readWrite))
    try access.addPrincipal("ana", by: .owner)
    try access.addPrincipal("bob", by: .owner)
    try access.setGroup("g", to: ["a", "b"], by: .owner)
    try access.note("hunt", by: .owner, on: "a", detail: "T | where x == '\u{1B}[2J'")
    #expect(throws: AccessFailure.self) { try access.addPrincipal("bob", by: .owner) }
    return access
  }

  private func whole(_ access: AccessStore) throws -> AuditHead {
    guard case .whole(let head) = try access.verifyAudit() else {
      Issue.record("the trail is not whole")
      return .empty
    }
    return head
  }

  private func isTampered(_ access: AccessStore, head: AuditHead? = nil) throws -> Bool {
    if case .tampered = try access.verifyAudit(head: head) { return true }
    return false
  }

  /// Changes the database past Harrier, as somebody who can write its file.
  private func tamper(_ statements: String...) throws {
    let database = try DatabaseQueue(path: AccessStore.path(in: folder.path))
    try database.write { database in
      try database.execute(sql: "DROP TRIGGER audit_is_not_changed")
      try database.execute(sql: "DROP TRIGGER audit_is_not_shortened")
      for statement in statements { try database.execute(sql: statement) }
    }
    try database.close()
  }

  @Test("It holds what was done and what was refused, in order") func entries() throws {
    let access = try filled()
    let entries = try access.audit(last: 10)
    #expect(entries.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(
      entries.map(\.action)
        == ["add-principal", "add-principal", "set-group", "hunt", "add-principal"]
    )
    #expect(entries[4].detail.hasPrefix("refused: "))
    #expect(entries[2].detail == "a,b")
    #expect(try whole(access).sequence == 5)
    #expect(try access.audit(last: 2).map(\.sequence) == [4, 5])
  }

  @Test("A text with U+0000 is kept with U+FFFD, and the trail stays whole") func nul() throws {
    let access = try filled()
    try access.note("hunt", by: .owner, on: "a", detail: "T | where x == '\u{0}' | take 1")
    #expect(try access.audit(last: 1).map(\.detail) == ["T | where x == '\u{FFFD}' | take 1"])
    #expect(try whole(access).sequence == 6)
  }

  @Test("SQLite itself refuses changes") func triggers() throws {
    _ = try filled()
    let database = try DatabaseQueue(path: AccessStore.path(in: folder.path))
    for statement in ["UPDATE audit SET detail = ''", "DELETE FROM audit"] {
      #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: statement) } }
    }
  }

  @Test(
    "Changes, gaps, swaps and cuts show",
    arguments: [
      "UPDATE audit SET detail = 'c' WHERE sequence = 3",
      "UPDATE audit SET at = at + 1 WHERE sequence = 1",
      "UPDATE audit SET principal = 'eve' WHERE sequence = 4",
      "UPDATE audit SET hash = (SELECT hash FROM audit WHERE sequence = 1) WHERE sequence = 2",
      "DELETE FROM audit WHERE sequence = 2",
      "DELETE FROM audit WHERE sequence = 5",
      "DELETE FROM audit",
      "UPDATE audit_head SET sequence = 4",
      "UPDATE audit SET action = object, object = action WHERE sequence = 3",
    ]
  )
  func changes(_ statement: String) throws {
    let access = try filled()
    try tamper(statement)
    #expect(try isTampered(access))
  }

  @Test("A trail that was cut together with its head shows by a head that was kept")
  func heads() throws {
    let access = try filled()
    let kept = try whole(access)
    #expect(AuditHead(kept.description) == kept)
    try tamper(
      "DELETE FROM audit WHERE sequence > 3",
      "UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit WHERE sequence = 3)"
    )
    #expect(try whole(access).sequence == 3)
    #expect(try isTampered(access, head: kept))
    try access.note("hunt", by: .owner, on: "a", detail: "x")
    try access.note("hunt", by: .owner, on: "a", detail: "y")
    #expect(try !isTampered(access))
    #expect(try isTampered(access, head: kept))
  }

  @Test("Heads that are none are refused") func headTexts() {
    for text in ["", "5", "5:", ":ab", "x:" + AuditEntry.noHash, "-1:" + AuditEntry.noHash, "5:zz"]
    {
      #expect(AuditHead(text) == nil)
    }
  }
}
