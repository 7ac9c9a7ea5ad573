import Columnar

extension ValueTable {
  /// Appends a value to a dynamic under construction.
  func write(_ number: UInt32, to writer: inout DynamicWriter) {
    if number == Self.null { return writer.appendNull() }
    switch type {
    case .bool: writer.append(bool: Bool(word: word(number)))
    case .int: writer.append(long: Int64(Int32(word: word(number))))
    case .long: writer.append(long: Int64(word: word(number)))
    case .real: writer.append(real: Double(word: word(number)))
    case .datetime: writer.append(datetime: DateTime(word: word(number)))
    case .timespan: writer.append(timespan: TimeSpan(word: word(number)))
    case .guid: writer.append(guid: bytes(number).guid)
    case .decimal: writer.append(decimal: bytes(number).decimal)
    case .string: writer.append(string: bytes(number).buffer)
    case .dynamic:
      let value = bytes(number)
      writer.append(DynamicView(value.base, count: value.count))
    }
  }
}

/// Entries of many groups in the order in which they came, sorted by group in the end.
struct GroupLog {
  /// The group of each entry.
  let groups = GroupArray<UInt32>(filler: 0)
  /// What each entry refers to.
  let entries = GroupArray<UInt32>(filler: 0)

  /// Bytes held.
  var byteCount: Int { groups.byteCount + entries.byteCount }

  @inline(__always)
  func append(_ entry: UInt32, group: Int) {
    groups.append(UInt32(truncatingIfNeeded: group))
    entries.append(entry)
  }

  /// Calls back for each group from 0 on with the entries of it, in their order.
  func forEachGroup(
    _ count: Int,
    _ body: (UnsafeBufferPointer<UInt32>) throws -> Void
  ) throws {
    let starts = GroupArray<Int>(filler: 0)
    starts.resize(to: count + 1)
    for index in 0..<groups.count { starts[Int(groups[index]) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    let sorted = GroupArray<UInt32>(filler: 0)
    sorted.resize(to: entries.count)
    let next = GroupArray<Int>(filler: 0)
    next.resize(to: count)
    for group in 0..<count { next[group] = starts[group] }
    for index in 0..<groups.count {
      if index & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let group = Int(groups[index])
      sorted[next[group]] = entries[index]
      next[group] += 1
    }
    for group in 0..<count {
      if group & 0xFFF == 0 { try MemoryAccount.checkEnd() }
      try body(
        UnsafeBufferPointer(
          start: sorted.base + starts[group],
          count: starts[group + 1] - starts[group]
        )
      )
    }
  }
}

/// Collects one dynamic value a group into a vector.
struct DynamicResults: ~Copyable {
  private let builder: TextBuilder
  private var writer = DynamicWriter()
  private var checks = ByteChecks()

  init(groups: Int) { builder = TextBuilder(type: .dynamic, capacity: groups) }

  /// Writes the value of the next group; throws where it is too large to be one value.
  mutating func append(_ write: (inout DynamicWriter) throws -> Void) throws {
    writer.removeAll()
    try write(&writer)
    let view = writer.view()
    if writer.hasFailed || builder.isFull {
      throw QueryFailure(.memory, "an aggregate made a dynamic value that is too large")
    }
    if view.isNull {
      builder.appendNull()
    } else {
      try copy(view)
    }
  }

  /// Adds a value, which may be long, to the column.
  private mutating func copy(_ view: DynamicView) throws {
    let step = MemoryAccount.bytesBetweenChecks
    for start in stride(from: 0, to: view.byteCount, by: step) {
      let count = min(step, view.byteCount - start)
      builder.write(TextView(base: view.start + start, count: count))
      // What was collected is written twice: here and before.
      try checks.countDown(2 * count)
    }
    builder.endRow()
  }

  /// The values as a vector.
  mutating func finish() -> Vector { builder.finish() }
}
