public import Columnar

/// How the type of a call follows from its arguments.
public enum ReturnRule: Sendable, Hashable {
  /// Always this type; nil is a table whose columns are not known before it is run.
  case declared(ScalarType?)
  case parameter0
  case parameter1
  /// The type of the first argument, int promoted to long.
  case parameter0Promoted
  /// A dynamic array of the first argument's type.
  case parameter0Array
  /// The type that the first, second or last argument names, as in `typeof(long)`.
  case parameter0Literal, parameter1Literal, parameterNLiteral
  /// The common type of the arguments of `common…` parameters.
  case common
  /// As `common`, where dynamic arguments count only if all are dynamic.
  case commonNonDynamic
  /// The widest type of numeric arguments, int promoted to long.
  case widest
  /// A cluster, database, table or the like, which the first argument names.
  case entity(EntityKind)
  /// A rule of its own, in `CustomReturns`.
  case custom
}

/// What `cluster("…")`, `database("…")` and their like refer to.
public enum EntityKind: String, Sendable, CaseIterable {
  case cluster = "Cluster"
  case database = "Database"
  case table = "Table"
  case externalTable = "ExternalTable"
  case materializedView = "MaterializedView"
  case entityGroup = "EntityGroup"
  case storedQueryResult = "StoredQueryResult"
  case graph = "Graph"
}

/// One overload of an official function, aggregate, plugin or operator.
public struct FunctionSignature: Sendable, Hashable {
  public let parameters: [FunctionParameter]
  public let returns: ReturnRule
  public let isHidden: Bool
  public let minimumArgumentCount: Int
  public let maximumArgumentCount: Int

  init(parameters: [FunctionParameter], returns: ReturnRule, isHidden: Bool) {
    self.parameters = parameters
    self.returns = returns
    self.isHidden = isHidden
    minimumArgumentCount = parameters.reduce(0) { $0 + $1.minimumCount }
    maximumArgumentCount = parameters.reduce(0) { $0 + $1.maximumCount }
  }

  public var hasRepeatableParameters: Bool { parameters.contains { $0.isRepeatable } }
}

/// A function, aggregate, plugin or operator as the binder sees it.
public struct FunctionSymbol: Sendable, Hashable {
  /// What a symbol is; names are unique within a category only.
  public enum Category: Sendable, Hashable, CaseIterable {
    case function, aggregate, plugin, `operator`
  }

  public let category: Category
  /// The name in queries; for an operator the official one, such as `Add` or `HasCs`.
  public let name: String
  public let signatures: [FunctionSignature]
  public let naming: ResultNaming
  public let isHidden: Bool
  /// What to use instead of an obsolete symbol; empty where it is current.
  public let alternatives: [String]

  public var isObsolete: Bool { !alternatives.isEmpty }
  public var minimumArgumentCount: Int { signatures.map(\.minimumArgumentCount).min() ?? 0 }
  public var maximumArgumentCount: Int { signatures.map(\.maximumArgumentCount).max() ?? 0 }
}
