import Columnar
import Execution
import KernelTwins
import Segments

/// Decoding, selecting, gathering, sorting.
enum ScanKernels {
  private static let rows = 1 << 20
  private static let blockRows = Segment.blockRows

  static let all = [
    KernelCase("unpack 12 bits") { unpack(numbers(bits: 12)) },
    KernelCase("unpack 27 bits") { unpack(numbers(bits: 27)) },
    KernelCase("unpack deltas") { unpack(KernelData.sortedTimes(rows)) },
    KernelCase("select by range") { select() },
    KernelCase("gather by selection") { gather() },
    KernelCase("sort 1 M times with rows") { sort() },
  ]

  private static func numbers(bits: UInt64) -> Words {
    var chance = Sequence64(bits)
    return KernelData.words(rows) { _ in 1_000_000 + chance.next() & (1 << bits - 1) }
  }

  private static func unpack(_ values: Words) -> Kernel {
    let blocks = stride(from: 0, to: rows, by: blockRows).map {
      SegmentKernels.pack(values.words + $0, count: blockRows)
    }
    let ours = Words(byteCount: rows * 8)
    let theirs = Words(byteCount: rows * 8)
    return Kernel(
      rows: rows,
      harrier: {
        for (index, block) in blocks.enumerated() {
          let target = ours.words + index * blockRows
          if !SegmentKernels.unpack(block, into: target, count: blockRows) { return }
        }
      },
      twin: {
        for (index, block) in blocks.enumerated() {
          unpackTwin(block, theirs.words + index * blockRows)
        }
      },
      results: { (ours.digest(), theirs.digest()) }
    )
  }

  private static func unpackTwin(
    _ block: SegmentKernels.PackedBlock,
    _ target: UnsafeMutablePointer<UInt64>
  ) {
    let width = UInt32(block.width)
    guard block.isDelta else {
      let least = UInt64(bitPattern: block.least)
      return twin_unpack(block.base, blockRows, least, width, target)
    }
    // The first value and the least difference stand before the differences.
    let head = UnsafeRawPointer(block.base)
    let first = head.loadUnaligned(as: UInt64.self)
    let base = head.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    twin_unpack_deltas(block.base + 16, blockRows, first, base, width, target)
  }

  /// Half of the rows lie in the range.
  private static func select() -> Kernel {
    let times = KernelData.times(rows)
    let column = KernelData.column(times, .datetime)
    let range = KernelData.start...(KernelData.start + 15 * KernelData.day)
    let theirs = Words(byteCount: blockRows * 4)
    let ours = Counter()
    let twin = Counter()
    return Kernel(
      rows: rows,
      harrier: {
        ours.value = 0
        for first in stride(from: 0, to: rows, by: blockRows) {
          let found = ExecutionKernels.select(column, first..<first + blockRows, in: range)
          ours.value &+= UInt64(found.count) &+ UInt64(found.base[found.count / 2])
        }
      },
      twin: {
        twin.value = 0
        for first in stride(from: 0, to: rows, by: blockRows) {
          let values = times.longs + first
          let found = twin_select(
            values,
            blockRows,
            range.lowerBound,
            range.upperBound,
            theirs.codes
          )
          twin.value &+= UInt64(found) &+ UInt64(theirs.codes[found / 2])
        }
      },
      results: { (ours.value, twin.value) }
    )
  }

  /// Every other row or so of each block.
  private static func gather() -> Kernel {
    var chance = Sequence64(3)
    let source = KernelData.words(rows) { _ in chance.next() }
    let column = KernelData.column(source)
    let flags = Words(byteCount: rows)
    for row in 0..<rows { flags.bytes[row] = UInt8(chance.next() & 1) }
    let blocks = stride(from: 0, to: rows, by: blockRows).map { first in
      (
        column.slice(first..<first + blockRows),
        Selection(flags: flags.bytes + first, count: blockRows)
      )
    }
    let theirs = Words(byteCount: blockRows * 8)
    let ours = Counter()
    let twin = Counter()
    return Kernel(
      rows: blocks.reduce(0) { $0 + $1.1.count },
      harrier: {
        ours.value = 0
        for (block, selection) in blocks {
          guard case .fixed(let found) = block.gather(selection).layout else { return }
          ours.value ^= found.base(UInt64.self)[selection.count / 2]
        }
      },
      twin: {
        twin.value = 0
        for (index, block) in blocks.enumerated() {
          let values = source.words + index * blockRows
          twin_gather(values, block.1.base, block.1.count, theirs.words)
          twin.value ^= theirs.words[block.1.count / 2]
        }
      },
      results: { (ours.value, twin.value) }
    )
  }

  private static func sort() -> Kernel {
    let times = KernelData.times(rows)
    let column = KernelData.column(times, .datetime)
    let theirs = Words(byteCount: rows * 4)
    var ours: [UInt32] = []
    return Kernel(
      rows: rows,
      harrier: { ours = ExecutionKernels.sortedRows(column) },
      twin: { twin_sort(times.longs, rows, theirs.codes) },
      results: { (ours.withUnsafeBytes { twin_digest($0.baseAddress, $0.count) }, theirs.digest()) }
    )
  }
}
