import Testing

@testable import Hunting

/// The order in which tenants of different sizes run.
@Suite("Order of the tenants of a hunt") struct TenantOrderTests {
  private func order(_ rows: [Int], _ threads: Int) -> (sideBySide: [Int], alone: [Int]) {
    let order = TenantOrder(rows: rows, threads: threads)
    return (order.sideBySide, order.alone)
  }

  @Test("Tenants of one size fill the threads, and one that is left over has all of them")
  func even() {
    #expect(order([5, 5, 5, 5], 2) == ([0, 1, 2, 3], []))
    #expect(order([5, 5, 5, 5, 5], 2) == ([1, 2, 3, 4], [0]))
    #expect(order([5, 5, 5], 4) == ([], [0, 1, 2]))
    #expect(order([5, 5, 5], 1) == ([0, 1, 2], []))
  }

  @Test("The largest starts first") func largest() {
    #expect(order([24, 17, 42, 11, 6], 2) == ([2, 0, 1, 3, 4], []))
    #expect(order([1, 1, 90, 1, 1], 2) == ([0, 1, 3, 4], [2]))
  }

  @Test("Tenants without rows have a thread each") func empty() {
    #expect(order([0, 0, 0], 2) == ([0, 1, 2], []))
    #expect(order([], 2) == ([], []))
  }
}
