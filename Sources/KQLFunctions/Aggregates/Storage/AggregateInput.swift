import Columnar

/// Null flags of rows, or nil where none is null.
typealias NullFlags = UnsafePointer<UInt8>

extension Vector {
  /// Lends fixed-width rows and their null flags.
  @inline(__always)
  func withFixedRows<Value: FixedWidthValue, Result>(
    _: Value.Type,
    _ body: (UnsafePointer<Value>, NullFlags?) throws -> Result
  ) rethrows -> Result {
    let flat = flattened()
    guard case .fixed(let rows) = flat.layout, flat.type == Value.scalarType else {
      unreachable("an aggregate was given another type than it was made for")
    }
    return try withExtendedLifetime(rows) {
      try body(rows.base(Value.self), rows.nulls?.base)
    }
  }

  /// Lends text rows and their null flags.
  @inline(__always)
  func withTextRows<Result>(
    _ body: (TextRows, NullFlags?) throws -> Result
  ) rethrows -> Result {
    let flat = flattened()
    guard case .text(let rows) = flat.layout else {
      unreachable("an aggregate was given another type than it was made for")
    }
    return try withExtendedLifetime(rows) { try body(rows, rows.nulls?.base) }
  }
}

/// Calls the body for each row that is not null.
@inline(__always)
func forEachRow(_ nulls: NullFlags?, _ count: Int, _ body: (Int) -> Void) {
  guard let nulls else {
    for row in 0..<count { body(row) }
    return
  }
  for row in 0..<count where nulls[row] == 0 { body(row) }
}

/// The group that all rows belong to, or nil where they differ.
///
/// Almost always one look at both ends tells rows of several groups.
@inline(__always)
func onlyGroup(_ groups: UnsafePointer<UInt32>, _ count: Int) -> Int? {
  guard count > 0, groups[0] == groups[count &- 1], groups[0] == groups[count / 2] else {
    return nil
  }
  let first = groups[0]
  var difference: UInt32 = 0
  for row in 0..<count { difference |= groups[row] ^ first }
  return difference == 0 ? Int(first) : nil
}

extension AggregateState {
  /// The other state as one of the receiver's own type, with room for its groups.
  func same(_ other: any AggregateState, groups: Int) -> Self {
    guard let same = other as? Self else {
      unreachable("states of one aggregate have one type")
    }
    same.reserve(groups: groups)
    return same
  }
}

extension AggregateRequest {
  /// The type of an argument, `long` where there is none.
  func type(_ index: Int) -> ScalarType {
    index < argumentTypes.count ? argumentTypes[index] : .long
  }

  /// A constant whole number among the arguments; nil where the argument is missing or null.
  func constantLong(_ index: Int) -> Int64? {
    guard index < constants.count, let constant = constants[index] else { return nil }
    switch constant {
    case .long(let value): return value
    case .int(let value): return Int64(value)
    case .real(let value): return Int64(exactly: value.rounded(.towardZero))
    default: return nil
    }
  }

  /// The request without some of its arguments.
  func dropping(_ index: Int) -> AggregateRequest {
    var types = argumentTypes
    var values = constants
    if index < types.count { types.remove(at: index) }
    if index < values.count { values.remove(at: index) }
    return AggregateRequest(
      argumentTypes: types,
      constants: values,
      resultTypes: resultTypes,
      range: range
    )
  }

  /// The failure for an argument type that an aggregate has no meaning for.
  func unsupported(_ name: String, _ index: Int = 0) -> QueryFailure {
    QueryFailure(
      .unsupported,
      "\(name)() does not take a value of type \(type(index).name): convert it first",
      range: range
    )
  }
}
