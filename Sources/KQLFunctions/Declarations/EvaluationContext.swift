public import Columnar
public import PatternMatching

/// What is constant throughout one query, as functions see it.
public struct QueryConstants: Sendable {
  /// `now()`: one instant for the whole query.
  public let now: DateTime
  /// Seed of `rand()` and `new_guid()`.
  public let randomSeed: UInt64
  /// What `current_principal()` tells.
  public let principal: String
  /// Bounds the work of all regular expressions of the query; nil for no bound.
  public let matchBudget: MatchBudget?
  /// The rules of time zones; nil where there are none.
  public let timeZones: (any TimeZoneDatabase)?

  public init(
    now: DateTime,
    randomSeed: UInt64,
    principal: String = "",
    matchBudget: MatchBudget? = nil,
    timeZones: (any TimeZoneDatabase)? = nil
  ) {
    self.now = now
    self.randomSeed = randomSeed
    self.principal = principal
    self.matchBudget = matchBudget
    self.timeZones = timeZones
  }
}

/// The state of one call of the plan in one worker: prepared constants and scratch space.
///
/// A call site belongs to one thread, so what it caches needs no lock.
public final class CallSite {
  public let constants: QueryConstants
  /// Byte offsets of the call in the query, for messages.
  public let range: Range<Int>
  /// What the kernel prepared from constant arguments, such as a compiled pattern.
  public var prepared: AnyObject?
  /// A row counter across batches, for functions that must not repeat themselves.
  public var rowsSoFar = 0

  public init(constants: QueryConstants, range: Range<Int>) {
    self.constants = constants
    self.range = range
  }

  /// Returns what was prepared before, or prepares and keeps it.
  public func prepare<Prepared: AnyObject>(
    _ type: Prepared.Type,
    _ make: () throws -> Prepared
  ) rethrows -> Prepared {
    if let prepared = prepared as? Prepared { return prepared }
    let made = try make()
    prepared = made
    return made
  }
}

/// One evaluation of a kernel over a batch.
public struct KernelCall {
  public let arguments: [Vector]
  /// Rows of the batch, also where there is no argument.
  public let count: Int
  /// The type that the binder gave the call.
  public let resultType: ScalarType
  public let site: CallSite

  public init(arguments: [Vector], count: Int, resultType: ScalarType, site: CallSite) {
    self.arguments = arguments
    self.count = count
    self.resultType = resultType
    self.site = site
  }
}
