/// Collects scalars of a type known at run time into a vector; for literals and small results.
public final class VectorBuilder {
  private enum Store {
    case bool(FixedBuilder<Bool>)
    case int(FixedBuilder<Int32>)
    case long(FixedBuilder<Int64>)
    case real(FixedBuilder<Double>)
    case decimal(FixedBuilder<Decimal128>)
    case datetime(FixedBuilder<DateTime>)
    case timespan(FixedBuilder<TimeSpan>)
    case guid(FixedBuilder<GUID>)
    case text(TextBuilder)
  }

  public let type: ScalarType
  private let store: Store

  public init(type: ScalarType, capacity: Int = 64) {
    self.type = type
    switch type {
    case .bool: store = .bool(FixedBuilder(capacity: capacity))
    case .int: store = .int(FixedBuilder(capacity: capacity))
    case .long: store = .long(FixedBuilder(capacity: capacity))
    case .real: store = .real(FixedBuilder(capacity: capacity))
    case .decimal: store = .decimal(FixedBuilder(capacity: capacity))
    case .datetime: store = .datetime(FixedBuilder(capacity: capacity))
    case .timespan: store = .timespan(FixedBuilder(capacity: capacity))
    case .guid: store = .guid(FixedBuilder(capacity: capacity))
    case .string, .dynamic: store = .text(TextBuilder(type: type, capacity: capacity))
    }
  }

  /// Rows so far.
  public var count: Int {
    switch store {
    case .bool(let rows): rows.count
    case .int(let rows): rows.count
    case .long(let rows): rows.count
    case .real(let rows): rows.count
    case .decimal(let rows): rows.count
    case .datetime(let rows): rows.count
    case .timespan(let rows): rows.count
    case .guid(let rows): rows.count
    case .text(let rows): rows.count
    }
  }

  /// Adds a value; one of another type than the builder's is added as null.
  public func append(_ value: Scalar) {
    switch (store, value) {
    case (.bool(let rows), .bool(let item)): rows.append(item)
    case (.int(let rows), .int(let item)): rows.append(item)
    case (.long(let rows), .long(let item)): rows.append(item)
    case (.real(let rows), .real(let item)): rows.append(item)
    case (.decimal(let rows), .decimal(let item)): rows.append(item)
    case (.datetime(let rows), .datetime(let item)): rows.append(item)
    case (.timespan(let rows), .timespan(let item)): rows.append(item)
    case (.guid(let rows), .guid(let item)): rows.append(item)
    case (.text(let rows), .string(let item)) where type == .string: rows.append(item.bytes)
    case (.text(let rows), .dynamic(let item)) where type == .dynamic: rows.append(item.bytes)
    default: appendNull()
    }
  }

  /// Adds a null, or the empty text to a string column.
  public func appendNull() {
    switch store {
    case .bool(let rows): rows.appendNull()
    case .int(let rows): rows.appendNull()
    case .long(let rows): rows.appendNull()
    case .real(let rows): rows.appendNull()
    case .decimal(let rows): rows.appendNull()
    case .datetime(let rows): rows.appendNull()
    case .timespan(let rows): rows.appendNull()
    case .guid(let rows): rows.appendNull()
    case .text(let rows): rows.appendNull()
    }
  }

  /// Makes the vector; the builder starts anew.
  public func finish() -> Vector {
    switch store {
    case .bool(let rows): rows.finish()
    case .int(let rows): rows.finish()
    case .long(let rows): rows.finish()
    case .real(let rows): rows.finish()
    case .decimal(let rows): rows.finish()
    case .datetime(let rows): rows.finish()
    case .timespan(let rows): rows.finish()
    case .guid(let rows): rows.finish()
    case .text(let rows): rows.finish()
    }
  }
}
