import CSIMD
import Columnar
import Segments
import Synchronization

/// Which distinct values of a segment's columns pass the tests of a scan, shared by its workers.
final class ValueMasks: Sendable {
  /// What is known of a test in this segment.
  enum Mask: Sendable {
    /// No value passes.
    case none
    /// Every value passes.
    case all
    /// 1 for each value that passes, else 0, and what is remembered of the test.
    case some(Buffer, TestResult)
    /// Too few rows are wanted for a test of all values to pay: test the rows.
    case untested
  }

  private let masks: Mutex<[Int: Mask]> = Mutex([:])

  /// The mask of a test, made by the first worker that asks while others wait.
  func mask(_ number: Int, _ make: () throws -> Mask) throws -> Mask {
    try masks.withLock { masks in
      if let known = masks[number] { return known }
      let made = try make()
      masks[number] = made
      return made
    }
  }
}

/// Tests the distinct values of a column, chunk by chunk of its dictionary.
struct ValueMasking {
  let test: ValueTest
  let node: any ExpressionNode
  /// Types of the columns of the scan, in order.
  let types: [ScalarType]
  let budget: QueryBudget

  /// The mask of a column: remembered from an earlier query, or made now.
  ///
  /// - Parameter wantedRows: how many rows there are for which it is needed.
  func mask(
    _ column: TextColumnReader,
    in columns: SegmentColumns,
    wantedRows: Int
  ) throws -> ValueMasks.Mask {
    let memory = columns.segment.testMemory
    let key = columns.position(ofStored: test.column).flatMap { position in
      test.condition.map { TestMemory.Key(column: position, condition: $0) }
    }
    if let key, let known = memory.result(key) { return mask(known, column.entryCount) }
    guard let made = try result(column, wantedRows: wantedRows) else { return .untested }
    return mask(key.map { memory.remember(made, $0) } ?? made, column.entryCount)
  }

  /// Whether the one value of a column that the segment lacks passes.
  func passes(_ value: Scalar) throws -> Bool {
    let columns = types.enumerated().map { position, type in
      Vector(constant: position == test.column ? value : .missing(type), count: 1)
    }
    var flag: UInt8 = 0
    return try node.evaluate(Batch(columns: columns, count: 1)).writeFlags(to: &flag) == 1
  }

  private func mask(_ result: TestResult, _ count: Int) -> ValueMasks.Mask {
    switch result.passing {
    case .none: return .none
    case .all: return .all
    case .codes, .bits:
      let flags = Buffer(zeroed: count)
      result.write(to: flags.values(UInt8.self), count: count)
      return .some(flags, result)
    }
  }

  /// Tests the values; nil where there are too many for the rows that are wanted.
  private func result(_ column: TextColumnReader, wantedRows: Int) throws -> TestResult? {
    let chunks = try candidates(column)
    let values = chunks.reduce(0) { $0 + column.entries(ofChunk: $1).count }
    if values > 1024, values / 2 > wantedRows { return nil }
    let isNegated = test.requirement?.isNegated ?? false
    if chunks.isEmpty { return TestResult(isNegated ? .all : .none) }
    let flags = Buffer(zeroed: column.entryCount)
    let flag = flags.values(UInt8.self)
    var passed = 0
    if isNegated, chunks.count < column.chunkCount {
      memset(flag, 1, column.entryCount)
      passed = column.entryCount - values
    }
    for chunk in chunks {
      try budget.check()
      try column.ensure(chunk: chunk)
      passed += try evaluate(column, column.entries(ofChunk: chunk), flag)
    }
    return TestResult(flags: flag, count: column.entryCount, passed: passed)
  }

  /// The chunks whose filters do not already decide all of their values.
  private func candidates(_ column: TextColumnReader) throws -> [Int] {
    guard let requirement = test.requirement else { return Array(0..<column.chunkCount) }
    return try column.chunks(holding: requirement.alternatives)
  }

  /// Tests the values of a chunk and returns how many pass.
  private func evaluate(
    _ column: TextColumnReader,
    _ entries: Range<Int>,
    _ flags: UnsafeMutablePointer<UInt8>
  ) throws -> Int {
    let values = column.dictionary.values.slice(entries)
    let columns = types.enumerated().map { index, type in
      index == test.column ? values : Vector(constant: .missing(type), count: values.count)
    }
    let answer = try node.evaluate(Batch(columns: columns, count: values.count))
    return answer.writeFlags(to: flags + entries.lowerBound)
  }
}

extension Vector {
  /// Writes 1 for each row of a bool vector that is true, else 0, and returns how many are.
  func writeFlags(to flags: UnsafeMutablePointer<UInt8>) -> Int {
    if let constant {
      let isTrue = constant == .bool(true)
      memset(flags, isTrue ? 1 : 0, count)
      return isTrue ? count : 0
    }
    let flat = flattened()
    guard case .fixed(let rows) = flat.layout else { unreachable("a bool has fixed-width rows") }
    var total = 0
    withExtendedLifetime(flat) {
      let values = rows.base(UInt8.self)
      if let nulls = rows.nulls?.base {
        for row in 0..<count { flags[row] = values[row] & (nulls[row] ^ 1) }
      } else {
        memcpy(flags, values, count)
      }
      for row in 0..<count { total &+= Int(flags[row]) }
    }
    return total
  }
}
