import Columnar
import KernelTwins
import PatternMatching
import Segments

/// Searching texts, filters of terms, printing.
enum TextKernels {
  private static let rows = 1 << 19

  static let all = [
    KernelCase("contains, a rare needle") { search("mimikatz", .contains) },
    KernelCase("contains, a common needle") { search("encodedcommand", .contains) },
    KernelCase("has, a rare term") { search("mimikatz", .hasTerm) },
    KernelCase("has, a term of all texts") { search("job", .hasTerm) },
    KernelCase("keys of terms") { terms() },
    KernelCase("probe a filter") { probe() },
    KernelCase("print longs") { printLongs() },
    KernelCase("print datetimes") { printTimes() },
  ]

  /// What is searched.
  private static let texts = KernelData.texts(rows, KernelData.commandLine).rows

  private static func search(_ needle: String, _ mode: TextMatchMode) -> Kernel {
    let prepared = Needle(Array(needle.utf8), mode: mode, ignoresCase: true)
    let views = UnsafeBufferPointer(start: texts.base, count: rows)
    let column = TextColumn(heap: texts.heapBase, views: views)
    let isTerm = mode == .hasTerm
    let ours = Words(byteCount: rows)
    let theirs = Words(byteCount: rows)
    return Kernel(
      rows: rows,
      harrier: { TextSearch.search(column, for: prepared, into: ours.bytes) },
      twin: {
        twin_search(texts.heapBase, texts.base, rows, needle, isTerm, theirs.bytes)
      },
      results: { (ours.digest(), theirs.digest()) }
    )
  }

  private static func terms() -> Kernel {
    let ours = Counter()
    let theirs = Counter()
    return Kernel(
      rows: rows,
      harrier: {
        let (sum, terms) = SegmentKernels.sumTermKeys(texts, count: rows)
        ours.value = sum ^ UInt64(terms)
      },
      twin: {
        var terms = 0
        let sum = twin_term_keys(texts.heapBase, texts.base, rows, &terms)
        theirs.value = sum ^ UInt64(terms)
      },
      results: { (ours.value, theirs.value) }
    )
  }

  /// Filters of 100 chunks of 4,096 keys each; one key in ten that is looked for is in one of them.
  private static func probe() -> Kernel {
    let chunks = 100
    var chance = Sequence64(12)
    let keys = (0..<chunks).map { _ in (0..<4096).map { _ in chance.next() } }
    let filters = SegmentKernels.filters(of: keys)
    let wanted = (0..<rows / 10).map {
      $0 % 10 == 0 ? keys[$0 % chunks][$0 % 4096] : chance.next()
    }
    let ours = Counter()
    let theirs = Counter()
    return Kernel(
      rows: wanted.count,
      harrier: {
        ours.value = UInt64(SegmentKernels.probe(filters, wanted))
      },
      twin: {
        theirs.value = UInt64(
          twin_probe(filters.base, filters.groupCount, chunks, wanted, wanted.count)
        )
      },
      results: { (ours.value, theirs.value) }
    )
  }

  /// Numbers of all lengths.
  private static func printLongs() -> Kernel {
    var chance = Sequence64(13)
    let values = KernelData.words(rows) { _ in
      let word = Int64(bitPattern: chance.next())
      return UInt64(bitPattern: word >> Int64(chance.next(below: 60)))
    }
    return printing(bytes: 21) { sink in
      for row in 0..<rows {
        sink.append(long: values.longs[row])
        sink.append(0x0A)
      }
    } twin: { out in
      twin_print_longs(values.longs, rows, out)
    }
  }

  private static func printTimes() -> Kernel {
    let times = KernelData.times(rows)
    return printing(bytes: 29) { sink in
      for row in 0..<rows {
        sink.append(datetime: DateTime(ticks: times.longs[row]))
        sink.append(0x0A)
      }
    } twin: { out in
      twin_print_datetimes(times.longs, rows, out)
    }
  }

  /// A kernel that prints at most so many bytes a row.
  private static func printing(
    bytes: Int,
    _ body: @escaping (inout ByteSink) -> Void,
    twin: @escaping (UnsafeMutablePointer<CChar>) -> Int
  ) -> Kernel {
    let sink = SinkBox(capacity: rows * bytes)
    let theirs = Words(byteCount: rows * bytes)
    let written = Counter()
    return Kernel(
      rows: rows,
      harrier: {
        sink.sink.removeAll()
        body(&sink.sink)
      },
      twin: { written.value = UInt64(twin(theirs.buffer.values(CChar.self))) },
      results: {
        let bytes = sink.sink.bytes
        return (
          twin_digest(bytes.baseAddress, bytes.count), theirs.digest(Int(written.value))
        )
      }
    )
  }

  private final class SinkBox {
    var sink: ByteSink

    init(capacity: Int) { sink = ByteSink(capacity: capacity) }
  }
}
