public import Columnar

/// The state of one aggregate for all groups of one worker.
///
/// Groups are numbered from 0; a group that `reserve` made and no row reached has the value that
/// the aggregate has over no rows. `merge` must give the same result for any split of the rows.
public protocol AggregateState: AnyObject {
  /// Makes room for groups up to a number; new ones are empty.
  func reserve(groups: Int)
  /// Adds rows: row `i` of the arguments belongs to group `groups[i]`.
  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) throws
  /// Adds the groups of another worker's state of the same type: its group `g` belongs to
  /// `mapping[g]`. The other's rows come after the receiver's.
  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) throws
  /// The values of groups `0 ..< groups`: one vector a result column.
  func finish(groups: Int) throws -> [Vector]
  /// Bytes held, for the memory budget; may be an estimate within a few per cent.
  var byteCount: Int { get }
}

/// What a state is made for.
public struct AggregateRequest: Sendable {
  public let argumentTypes: [ScalarType]
  /// Constant arguments by position; nil where an argument depends on the row.
  public let constants: [Scalar?]
  /// Types of the result columns, as the binder has them.
  public let resultTypes: [ScalarType]
  /// Byte offsets of the call in the query, for messages.
  public let range: Range<Int>

  public init(
    argumentTypes: [ScalarType],
    constants: [Scalar?],
    resultTypes: [ScalarType],
    range: Range<Int>
  ) {
    self.argumentTypes = argumentTypes
    self.constants = constants
    self.resultTypes = resultTypes
    self.range = range
  }
}

/// An aggregate function, declared in one place.
public struct AggregateFunction: FunctionDeclaration {
  public let name: String
  public let aliases: [FunctionAlias]
  public let signature: String
  public let naming: ResultNaming
  public let replacements: [String]
  public let summary: String
  public let examples: [Example]
  /// Whether the result depends on the order of rows (`make_list`, `take_any`): such input is
  /// merged in input order.
  public let isOrderSensitive: Bool
  /// Makes an empty state; throws where types or constants do not allow one.
  public let makeState: @Sendable (AggregateRequest) throws -> any AggregateState

  /// - Parameter naming: by default the name and the first argument, as in `sum_x`.
  public init(
    _ name: String,
    aliases: [FunctionAlias] = [],
    _ signature: String,
    naming: ResultNaming? = nil,
    replacedBy replacements: [String] = [],
    _ summary: String,
    examples: [Example],
    isOrderSensitive: Bool = false,
    makeState: @escaping @Sendable (AggregateRequest) throws -> any AggregateState
  ) {
    self.name = name
    self.aliases = aliases
    self.signature = signature
    self.naming = naming ?? .prefixed(name)
    self.replacements = replacements
    self.summary = summary
    self.examples = examples
    self.isOrderSensitive = isOrderSensitive
    self.makeState = makeState
  }

  public var category: FunctionSymbol.Category { .aggregate }
}
