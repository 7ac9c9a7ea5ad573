import Columnar
import KQLFunctions
import KernelTwins

/// Folding values by dense numbers of groups.
enum FoldKernels {
  private static let rows = 1 << 20
  private static let batchRows = 4096
  private static let groups = 1_000

  /// A fold in C: values, groups, rows, totals.
  private typealias Twin = (
    UnsafePointer<Int64>, UnsafePointer<UInt32>, Int, UnsafeMutablePointer<Int64>
  ) -> Void

  static let all = [
    KernelCase("count by group") {
      try fold("count", empty: 0) { _, groups, count, totals in twin_count(groups, count, totals) }
    },
    KernelCase("sum by group") { try fold("sum", empty: 0) { twin_sum($0, $1, $2, $3) } },
    KernelCase("min by group") { try fold("min", empty: .max) { twin_least($0, $1, $2, $3) } },
    KernelCase("max by group") { try fold("max", empty: .min) { twin_greatest($0, $1, $2, $3) } },
  ]

  private static func fold(_ name: String, empty: Int64, _ twin: @escaping Twin) throws -> Kernel {
    guard let function = FunctionCatalog.aggregate(name) else {
      unreachable("the catalogue has \(name)")
    }
    let arguments: [ScalarType] = name == "count" ? [] : [.long]
    let request = AggregateRequest(
      argumentTypes: arguments,
      constants: arguments.map { _ in nil },
      resultTypes: [.long],
      range: 0..<0
    )
    var chance = Sequence64(10)
    let values = KernelData.words(rows) { _ in chance.next() &>> 20 }
    let numbers = KernelData.codes(rows, below: groups, seed: 11)
    let column = KernelData.column(values)
    let batches = stride(from: 0, to: rows, by: batchRows).map { first in
      (first, arguments.isEmpty ? [] : [column.slice(first..<first + batchRows)])
    }
    let totals = Words(byteCount: groups * 8)
    var answer: [Vector] = []
    return Kernel(
      rows: rows,
      harrier: {
        guard let state = try? function.makeState(request) else { return }
        state.reserve(groups: groups)
        for (first, columns) in batches {
          try? state.update(columns, groups: numbers.codes + first, count: batchRows)
        }
        answer = (try? state.finish(groups: groups)) ?? []
      },
      twin: {
        totals.longs.update(repeating: empty, count: groups)
        for (first, _) in batches {
          twin(values.longs + first, numbers.codes + first, batchRows, totals.longs)
        }
      },
      results: { (digest(answer), totals.digest()) }
    )
  }

  private static func digest(_ answer: [Vector]) -> UInt64 {
    guard case .fixed(let rows)? = answer.first?.layout else { return 0 }
    return twin_digest(rows.base(UInt8.self), groups * 8)
  }
}
