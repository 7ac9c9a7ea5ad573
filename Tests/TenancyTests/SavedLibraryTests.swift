import Columnar
import FileAccess
import HarrierTesting
import OperationalStore
import Testing

@testable import Tenancy

/// Saved texts are their owner's unless they are shared.
@Suite("Saved queries and functions") struct SavedLibraryTests {
  private let folder: TemporaryFolder
  private let ana = Principal(name: "ana")
  private let bob = Principal(name: "bob")

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> SavedLibrary {
    try #require(try SavedLibrary.open(folder.path + "/saved.db", access: .readWrite))
  }

  private func names(_ library: SavedLibrary, _ principal: Principal) throws -> [String] {
    try library.texts(for: principal).map { "\($0.name) of \($0.owner)" }
  }

  @Test("Others see what is shared; one's own stands first") func sharing() throws {
    let library = try open()
    try library.save("A", as: "one", kind: .query, isShared: false, by: ana)
    try library.save("B", as: "two", kind: .function, isShared: true, by: ana)
    try library.save("C", as: "two", kind: .query, isShared: false, by: bob)
    #expect(try names(library, ana) == ["one of ana", "two of ana"])
    #expect(try names(library, bob) == ["two of bob", "two of ana"])
    #expect(try library.text(named: "two", for: bob)?.text == "C")
    #expect(try library.text(named: "one", for: bob) == nil)
    #expect(try library.text(named: "two", for: ana)?.kind == .function)
  }

  @Test("Saving again replaces one's own; only one's own is removed") func changes() throws {
    let library = try open()
    try library.save("A", as: "one", kind: .query, isShared: true, by: ana)
    try library.save("B\u{1B}[2J", as: "one", kind: .query, isShared: true, by: ana)
    #expect(try open().text(named: "one", for: ana)?.text == "B\u{1B}[2J")
    #expect(try !library.remove("one", by: bob))
    #expect(try library.remove("one", by: ana))
    #expect(try library.texts(for: bob).isEmpty)
  }

  @Test("Names that no query can call are refused", arguments: ["", "a b", "x\u{1B}", "a.b", "é"])
  func names(_ name: String) throws {
    let library = try open()
    #expect(throws: AccessFailure.self) {
      try library.save("A", as: name, kind: .query, isShared: false, by: ana)
    }
  }

  @Test("A reader of what nobody made has none") func missing() throws {
    #expect(try SavedLibrary.open(folder.path + "/none.db", access: .readOnly) == nil)
  }
}
