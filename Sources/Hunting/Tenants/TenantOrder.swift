/// In which order the tenants of a hunt run, and which of them have all threads to themselves.
///
/// A thread for each tenant needs no merging of what threads found, so most run like that, the
/// largest first, so that the threads end at about the same time. Where they would not, as with
/// five tenants of one size on two threads, the largest is run by all threads.
struct TenantOrder: Equatable {
  /// Places of the tenants that have a thread each, in the order in which they start.
  private(set) var sideBySide: [Int]
  /// Places of those that run with all threads, one after another, behind the others.
  private(set) var alone: [Int] = []

  /// How much longer than with threads that are never idle it may take.
  private static let slack = 1.15

  /// - Parameters:
  ///   - rows: about how many rows each tenant reads.
  ///   - threads: how many may run at a time.
  init(rows: [Int], threads: Int) {
    sideBySide = rows.indices.sorted { (-rows[$0], $0) < (-rows[$1], $1) }
    guard threads > 1 else { return }
    while let largest = sideBySide.first {
      let sizes = sideBySide.map { Double(rows[$0]) }
      let even = sizes.reduce(0, +) / Double(threads)
      if Self.longest(sizes, threads) <= even * Self.slack { return }
      alone.append(largest)
      sideBySide.removeFirst()
    }
  }

  /// What the busiest thread has to do where each takes the next size when it is idle.
  private static func longest(_ sizes: [Double], _ threads: Int) -> Double {
    var loads = [Double](repeating: 0, count: threads)
    for size in sizes {
      guard let idlest = loads.indices.min(by: { loads[$0] < loads[$1] }) else { return 0 }
      loads[idlest] += size
    }
    return loads.max() ?? 0
  }
}
