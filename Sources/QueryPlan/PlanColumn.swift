public import Columnar

/// Names a column within a whole plan, whatever operators later call it.
@frozen
public struct ColumnID: Sendable, Hashable {
  public let number: Int

  public init(_ number: Int) { self.number = number }
}

/// A column that an operator yields.
@frozen
public struct PlanColumn: Sendable, Hashable {
  /// Unique in the plan: a pass-through column keeps its id, a computed one gets a new one.
  public let id: ColumnID
  public let name: String
  public let type: ScalarType

  public init(id: ColumnID, name: String, type: ScalarType) {
    self.id = id
    self.name = name
    self.type = type
  }

  /// The same column under another name.
  public func renamed(_ name: String) -> PlanColumn {
    PlanColumn(id: id, name: name, type: type)
  }
}
