import Columnar
import Execution
import KernelTwins

/// Numbering keys and looking them up.
enum GroupKernels {
  private static let rows = 1 << 20
  private static let batchRows = 4096

  static let all = [
    KernelCase("group by 1 k longs") { words(below: 1_000) },
    KernelCase("group by 1 M longs") { words(below: 1_000_000) },
    KernelCase("group by 440 k texts") { texts() },
    KernelCase("group by a dictionary") { dictionary() },
    KernelCase("join probe of 10 k keys") { probe(10_000) },
    KernelCase("join probe of 1 M keys") { probe(1_000_000) },
  ]

  /// Numbers all rows in batches.
  private static func number(
    _ batches: [Vector],
    of type: ScalarType,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let numbering = ExecutionKernels.Numbering(type: type)
    for (index, batch) in batches.enumerated() {
      numbering.number(batch, into: numbers + index * batchRows)
    }
  }

  private static func batches(_ column: Vector) -> [Vector] {
    stride(from: 0, to: rows, by: batchRows).map { column.slice($0..<$0 + batchRows) }
  }

  /// Scattered keys.
  private static func words(below limit: Int) -> Kernel {
    var chance = Sequence64(4)
    let keys = KernelData.words(rows) { _ in
      UInt64(chance.next(below: limit)) &* 0x9E37_79B9_7F4A_7C15
    }
    let batches = batches(KernelData.column(keys))
    let ours = Words(byteCount: rows * 4)
    let theirs = Words(byteCount: rows * 4)
    return Kernel(
      rows: rows,
      harrier: { number(batches, of: .long, into: ours.codes) },
      twin: { _ = twin_number_words(keys.words, rows, theirs.codes) },
      results: { (ours.digest(), theirs.digest()) }
    )
  }

  /// Command lines of which most occur once or twice.
  private static func texts() -> Kernel {
    var chance = Sequence64(5)
    let texts = KernelData.texts(rows) { _ in
      KernelData.commandLine(chance.next(below: 500_000))
    }
    let batches = batches(texts.vector)
    let ours = Words(byteCount: rows * 4)
    let theirs = Words(byteCount: rows * 4)
    return Kernel(
      rows: rows,
      harrier: { number(batches, of: .string, into: ours.codes) },
      twin: {
        _ = twin_number_texts(texts.rows.heapBase, texts.rows.base, rows, theirs.codes)
      },
      results: { (ours.digest(), theirs.digest()) }
    )
  }

  /// Rows of a dictionary of 5,000 values.
  private static func dictionary() -> Kernel {
    let values = KernelData.texts(5_000) { "device-\($0).contoso.example" }
    let codes = KernelData.codes(rows, below: 5_000, seed: 6)
    let dictionary = VectorDictionary(values: values.vector, isDistinct: true)
    let column = Vector(
      type: .string,
      count: rows,
      layout: .dictionary(DictionaryRows(codes: codes.buffer, dictionary: dictionary))
    )
    let batches = batches(column)
    let ours = Words(byteCount: rows * 4)
    let theirs = Words(byteCount: rows * 4)
    return Kernel(
      rows: rows,
      harrier: { number(batches, of: .string, into: ours.codes) },
      twin: {
        let (heap, views) = (values.rows.heapBase, values.rows.base)
        _ = twin_number_codes(heap, views, 5_000, codes.codes, rows, theirs.codes)
      },
      results: { (ours.digest(), theirs.digest()) }
    )
  }

  /// Half of the looked-up keys are there.
  private static func probe(_ count: Int) -> Kernel {
    var chance = Sequence64(9)
    let keys = KernelData.words(count) { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let wanted = KernelData.words(rows) { _ in
      UInt64(chance.next(below: count * 2)) &* 0x9E37_79B9_7F4A_7C15
    }
    let index = ExecutionKernels.JoinIndex(keys.words, count: count, greatest: .max)
    let twinIndex = twin_index_make(keys.words, count)
    let ours = Words(byteCount: rows * 4)
    let theirs = Words(byteCount: rows * 4)
    return Kernel(
      rows: rows,
      harrier: {
        for first in stride(from: 0, to: rows, by: batchRows) {
          index.find(wanted.words + first, count: batchRows, into: ours.codes + first)
        }
      },
      twin: {
        for first in stride(from: 0, to: rows, by: batchRows) {
          twin_index_find(twinIndex, wanted.words + first, batchRows, theirs.codes + first)
        }
      },
      results: { (ours.digest(), theirs.digest()) }
    )
  }
}
