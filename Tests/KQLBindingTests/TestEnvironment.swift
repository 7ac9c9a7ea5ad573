import Columnar
import Foundation
import KQLBinding
import KQLSyntax
import QueryPlan
import SourceText

/// Tables and functions to bind against.
struct TestEnvironment: BindingEnvironment {
  var tables: [String: EnvironmentTable] = [:]
  var functions: [String: EnvironmentFunction] = [:]
  var watchlists: [String: EnvironmentTable] = [:]
  var stages: [String: StageResolution] = [:]
  var tableNames: [String] = []

  func table(named name: String) -> EnvironmentTable? { tables[name] }
  func function(named name: String) -> EnvironmentFunction? { functions[name] }
  var functionNames: [String] { functions.keys.sorted() }
  func watchlist(named alias: String) -> EnvironmentTable? { watchlists[alias] }
  func resolution(ofStage key: String) -> StageResolution? { stages[key] }

  mutating func add(_ name: String, _ columns: [ColumnSchema], isOpen: Bool = false) {
    tables[name] = EnvironmentTable(name: name, columns: columns, isOpen: isOpen)
    tableNames = tables.keys.sorted()
  }

  mutating func add(function name: String, _ declaration: String, nameArguments: Set<Int> = []) {
    functions[name] = EnvironmentFunction(
      name: name,
      declaration: declaration,
      nameArguments: nameArguments
    )
  }

  /// Two small tables.
  static let small: TestEnvironment = {
    var environment = TestEnvironment()
    environment.add(
      "Logons",
      [
        ColumnSchema("Timestamp", .datetime), ColumnSchema("DeviceName", .string),
        ColumnSchema("Count", .long), ColumnSchema("Details", .dynamic),
      ]
    )
    environment.add(
      "Devices",
      [ColumnSchema("DeviceName", .string), ColumnSchema("Ports", .int)]
    )
    environment.watchlists["admins"] = EnvironmentTable(
      name: "watchlist/admins",
      columns: [ColumnSchema("SearchKey", .string)]
    )
    return environment
  }()
}

/// A text bound against an environment, in the words of tests.
struct Bound {
  let tree: SyntaxTree
  let query: BoundQuery

  init(
    _ text: String,
    in environment: TestEnvironment = .small,
    _ options: BindingOptions = .init()
  ) {
    tree = KQLParser.parse(SourceText(text))
    query = Binder.bind(tree: tree, environment: environment, options: options)
  }

  /// What is wrong, of syntax and names together.
  var errors: [Diagnostic] {
    (tree.diagnostics + query.diagnostics).filter { $0.severity == .error }
  }

  /// `code@start` of each error.
  var codes: [String] { errors.map { "\($0.code)@\($0.span.start)" } }

  /// The columns of the last result with their types.
  var columns: [[String]] {
    guard let result = query.results.last else { return [] }
    return result.columns.map { column in
      [column.name, result.unknownColumns.contains(column.id) ? "unknown" : column.type.name]
    }
  }

  /// `name:type name:type`.
  var schema: String { columns.map { $0.joined(separator: ":") }.joined(separator: " ") }
}
