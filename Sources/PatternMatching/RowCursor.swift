/// Finds the row of ascending places in a heap.
struct RowCursor {
  private let column: TextColumn
  private(set) var row = 0
  private(set) var start = 0
  private var end = 0
  /// Places before this one are done with.
  private(set) var settledEnd = 0
  private let isMonotonic: Bool

  init(_ column: TextColumn, _ layout: ContiguousLayout) {
    self.column = column
    isMonotonic = layout.isMonotonic
    if column.views.count > 0 { take(0) }
  }

  /// The bytes of the row that holds the place asked for last.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: column.heap + start, count: end &- start)
  }

  /// Moves on to the row that holds a place; false where no value does.
  @inline(__always)
  mutating func advance(to place: Int) -> Bool {
    if place >= end { skip(to: place) }
    return place >= start && place < end
  }

  /// Leaves out the rest of the row.
  @inline(__always)
  mutating func settle() { settledEnd = end }

  private mutating func take(_ next: Int) {
    let view = TextView(column.views[next])
    row = next
    start = view.start
    end = view.end
  }

  private mutating func skip(to place: Int) {
    let count = column.views.count
    var next = row &+ 1
    let near = min(next &+ 8, count)
    while next < near, TextView(column.views[next]).end <= place { next &+= 1 }
    if next == near, next < count, TextView(column.views[next]).end <= place {
      next = isMonotonic ? gallop(from: next, to: place) : step(from: next, to: place)
    }
    if next < count {
      take(next)
    } else {
      settledEnd = Int.max
      start = Int.max
      end = Int.max
    }
  }

  private func step(from first: Int, to place: Int) -> Int {
    var next = first
    while next < column.views.count, TextView(column.views[next]).end <= place { next &+= 1 }
    return next
  }

  /// The first row at or after `first` that ends past the place; `first` itself does not.
  private func gallop(from first: Int, to place: Int) -> Int {
    let count = column.views.count
    var low = first
    var stride = 8
    while low &+ stride < count, TextView(column.views[low &+ stride]).end <= place {
      low &+= stride
      stride &*= 2
    }
    var high = min(low &+ stride, count)
    while low &+ 1 < high {
      let middle = low &+ (high &- low) / 2
      if TextView(column.views[middle]).end <= place { low = middle } else { high = middle }
    }
    return high
  }
}
