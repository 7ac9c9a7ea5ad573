public import Columnar

/// What a query may refer to by name: tables, functions and answers of earlier stages.
///
/// Names are case-sensitive and compared byte by byte.
public protocol BindingEnvironment: Sendable {
  /// The table of an exact name.
  func table(named name: String) -> EnvironmentTable?
  /// Names of all tables, for wildcards, `search`, `find` and suggestions.
  var tableNames: [String] { get }
  /// The function of an exact name that the environment adds to the language.
  func function(named name: String) -> EnvironmentFunction?
  /// Names of all functions of the environment, for suggestions.
  var functionNames: [String] { get }
  /// The watchlist of an alias; nil where there is none.
  func watchlist(named alias: String) -> EnvironmentTable?
  /// Values that every row of every table has under names that no table lists, such as the
  /// tenant's.
  var constants: [String: Scalar] { get }
  /// What a staged plugin came to, by ``QueryPlan/Staged/key``; nil before it has run.
  func resolution(ofStage key: String) -> StageResolution?
}

extension BindingEnvironment {
  public var functionNames: [String] { [] }
  public func function(named name: String) -> EnvironmentFunction? { nil }
  public func watchlist(named alias: String) -> EnvironmentTable? { nil }
  public var constants: [String: Scalar] { [:] }
  public func resolution(ofStage key: String) -> StageResolution? { nil }
}

/// A table of the environment.
public struct EnvironmentTable: Sendable {
  /// What a `scan` of it is called.
  public let name: String
  public let columns: [ColumnSchema]
  /// Whether it may have more columns than are listed.
  public let isOpen: Bool

  public init(name: String, columns: [ColumnSchema], isOpen: Bool = false) {
    self.name = name
    self.columns = columns
    self.isOpen = isOpen
  }
}

/// A function that the environment adds, written in KQL.
///
/// `declaration` is what stands right of the `=` of a `let`: `(T:(*), x:string = "") { … }`.
/// The body sees the environment, not the caller's names. The names `__watchlist` calls inside it
/// are those of ``BindingEnvironment/watchlist(named:)``.
public struct EnvironmentFunction: Sendable {
  public let name: String
  public let declaration: String
  /// Positions of arguments that may be written as a bare column name and mean its text, as in
  /// `invoke FileProfile(SHA1, 1000)`; the piped table does not count.
  public let nameArguments: Set<Int>

  public init(name: String, declaration: String, nameArguments: Set<Int> = []) {
    self.name = name
    self.declaration = declaration
    self.nameArguments = nameArguments
  }
}

/// The table that a staged plugin came to.
public struct StageResolution: Sendable {
  /// The handle under which a `scan` finds the rows.
  public let table: String
  public let columns: [ColumnSchema]
  /// For each column the member of the plugin's bag that it holds; nil for a column of its input.
  public let members: [String?]

  public init(table: String, columns: [ColumnSchema], members: [String?] = []) {
    self.table = table
    self.columns = columns
    self.members = members
  }
}

/// What the caller adds to a query.
public struct BindingOptions: Sendable {
  /// Values for `declare query_parameters`, by name.
  public var queryParameters: [String: Scalar]
  /// How deep expressions, subqueries and function calls may nest together.
  public var maximumDepth: Int
  /// How many syntax nodes are bound at most, function bodies counted at each call.
  public var maximumNodes: Int

  public init(
    queryParameters: [String: Scalar] = [:],
    maximumDepth: Int = 200,
    maximumNodes: Int = 400_000
  ) {
    self.queryParameters = queryParameters
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
  }
}
