public import Columnar

/// What a call yields.
public enum CallResult: Sendable, Hashable {
  /// One value; nil where the type is unknown.
  case scalar(ScalarType?)
  /// Several columns with names of their own, as of `arg_max` or `series_stats`.
  case columns([CallColumn])
  /// A table; an open one has further columns that only its data tell.
  case table([CallColumn], isOpen: Bool)
  /// A cluster, database, table or the like, which the binder looks up.
  case entity(EntityKind)

  /// The type of a single value or column; nil where it is unknown or there are several.
  public var scalarType: ScalarType? {
    switch self {
    case .scalar(let type): type
    case .columns(let columns): columns.count == 1 ? columns[0].type : nil
    case .table, .entity: nil
    }
  }
}

/// A call with the signature that fits it.
public struct ResolvedCall: Sendable {
  public let symbol: FunctionSymbol
  /// Index of the signature; nil where none or several fit.
  public let signatureIndex: Int?
  /// What the call yields; told also where there are problems, as far as it is known.
  public let result: CallResult
  /// For each argument the type to which it must be converted; nil where it stays as it is.
  public let conversions: [ScalarType?]
  /// Parameter of each argument; nil where no signature fits.
  public let parameters: [FunctionParameter?]
  /// Why the call is refused; empty where it is not.
  public let problems: [CallProblem]

  public var isValid: Bool { problems.isEmpty }
}
