import Columnar

/// Columns of dynamic arrays under construction.
struct SeriesArrays {
  private let builders: [TextBuilder]

  init(count: Int) {
    builders = (0..<count).map { _ in TextBuilder(type: .dynamic, capacity: 16) }
  }

  /// Adds the array of the values at places of a vector; -1 stands for the default.
  func append(_ index: Int, of places: [Int], _ values: Vector, or missing: Scalar) throws {
    var writer = DynamicWriter(capacity: places.count * 9 + 64)
    writer.beginArray()
    for place in places { writer.append(place < 0 ? missing : values.scalar(at: place)) }
    writer.endArray()
    try add(writer, to: builders[index])
  }

  /// Adds the array of the starts of bins.
  func append(_ index: Int, _ axis: SeriesAxis, _ bins: Range<Int64>) throws {
    var writer = DynamicWriter(capacity: bins.count * 9 + 64)
    writer.beginArray()
    for bin in bins { writer.append(axis.value(of: bin)) }
    writer.endArray()
    try add(writer, to: builders[index])
  }

  func finish() -> [Vector] { builders.map { $0.finish() } }

  private func add(_ writer: borrowing DynamicWriter, to builder: TextBuilder) throws {
    let view = writer.view()
    guard !writer.hasFailed, !builder.isFull else {
      throw QueryFailure(.memory, "the arrays of make-series are too large; use a larger step")
    }
    builder.append(TextView(base: view.start, count: view.byteCount))
  }
}

extension DynamicWriter {
  /// Appends a value of any type; int becomes long.
  mutating func append(_ value: Scalar) {
    switch value {
    case .null: appendNull()
    case .bool(let value): append(bool: value)
    case .int(let value): append(long: Int64(value))
    case .long(let value): append(long: value)
    case .real(let value): append(real: value)
    case .decimal(let value): append(decimal: value)
    case .string(let value): append(string: value.bytes)
    case .datetime(let value): append(datetime: value)
    case .timespan(let value): append(timespan: value)
    case .guid(let value): append(guid: value)
    case .dynamic(let value): append(value)
    }
  }
}
