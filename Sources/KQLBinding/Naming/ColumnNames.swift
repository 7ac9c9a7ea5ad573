import QueryPlan

/// Gives the columns of an operator their names: explicit names may occur once, others are made
/// unique.
struct ColumnNames {
  /// What is named and how, in output order.
  private(set) var columns: [NamedExpression]
  /// Set for `extend`: an equal name replaces the column in its place.
  private let replaces: Bool
  /// Positions of columns by name.
  private var positions: [Name: Int] = [:]
  private var declared: Set<Name> = []
  private var unnamedCount = 0
  private let inputNames: Set<Name>
  /// The counters of generated names, so that many equal ones do not cost a search each.
  private var nextSuffix: [Name: Int] = [:]

  /// Starts from nothing, or from the columns that `extend` keeps.
  ///
  /// Numbered names (`Column1`) leave out those that the input has.
  init(keeping kept: [PlanColumn] = [], replaces: Bool = false, input: [PlanColumn] = []) {
    columns = kept.map(NamedExpression.init(passing:))
    self.replaces = replaces
    let numbered = (kept + input).filter { $0.name.hasPrefix("Column") }
    inputNames = Set(numbered.map { Name($0.name) })
    for (index, column) in kept.enumerated() where positions[Name(column.name)] == nil {
      positions[Name(column.name)] = index
    }
  }

  /// Adds a column under the name that the query writes; false where that was used before.
  mutating func declare(_ name: String, _ make: (String) -> NamedExpression) -> Bool {
    let key = Name(name)
    guard declared.insert(key).inserted else { return false }
    put(replaces ? name : unique(name), make)
    return true
  }

  /// Adds a column under a generated name.
  mutating func add(_ name: String, _ make: (String) -> NamedExpression) {
    put(replaces ? name : unique(name), make)
  }

  /// Adds a column under the next `Column1`, `Column2`, … or `print_0` style name.
  mutating func addUnnamed(_ make: (String) -> NamedExpression) {
    unnamedCount += 1
    while inputNames.contains(Name("Column\(unnamedCount)")) { unnamedCount += 1 }
    add("Column\(unnamedCount)", make)
  }

  private mutating func put(_ name: String, _ make: (String) -> NamedExpression) {
    let key = Name(name)
    if replaces, let position = positions[key] {
      columns[position] = make(name)
      return
    }
    if positions[key] == nil { positions[key] = columns.count }
    columns.append(make(name))
  }

  /// The name, or with the first number behind it that makes it unique.
  mutating func unique(_ name: String) -> String {
    guard positions[Name(name)] != nil else { return name }
    var suffix = nextSuffix[Name(name)] ?? 1
    while positions[Name("\(name)\(suffix)")] != nil { suffix += 1 }
    nextSuffix[Name(name)] = suffix + 1
    return "\(name)\(suffix)"
  }
}
