/// A column that had another name in older versions of its table.
public struct RenamedColumn: Sendable, Equatable {
  public let table: String
  public let oldName: String
  public let newName: String

  init(_ table: String, from oldName: String, to newName: String) {
    self.table = table
    self.oldName = oldName
    self.newName = newName
  }
}
