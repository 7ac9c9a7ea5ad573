import Columnar

/// The form in which `tdigest` gives values away: `[[value, weight], …]`, ascending.
///
/// Up to `limit` values are kept as they are. More are joined to that many, in steps that are
/// fine at both ends, where percentiles are asked for most (Dunning's scale).
enum DigestForm {
  static let limit = 2_000

  /// A value and how often it counts.
  typealias Centroid = (value: DynamicView, weight: Double)

  /// Chooses what to keep of ascending values with the given running weights: positions and
  /// weights.
  static func compressed(_ upTo: [Double]) -> [(index: Int, weight: Double)] {
    guard let total = upTo.last else { return [] }
    guard upTo.count > limit else {
      return upTo.indices.map { ($0, $0 == 0 ? upTo[0] : upTo[$0] - upTo[$0 - 1]) }
    }
    var kept: [(index: Int, weight: Double)] = []
    var first = 0
    var reached = 0.0
    for step in 1...limit {
      let share = (MathLibrary.sine(Double.pi * (Double(step) / Double(limit) - 0.5)) + 1) / 2
      var end = first
      while end < upTo.count, upTo[end] <= total * share || step == limit { end += 1 }
      guard end > first else { continue }
      kept.append(((first + end - 1) / 2, upTo[end - 1] - reached))
      reached = upTo[end - 1]
      first = end
    }
    return kept
  }

  /// Reads a digest; nil for a value that is none.
  static func centroids(_ digest: DynamicView) -> [Centroid]? {
    guard digest.kind == .array else { return nil }
    var found: [Centroid] = []
    for pair in digest.elements {
      guard let value = pair.element(at: 0), let weight = pair.element(at: 1)?.number else {
        return nil
      }
      found.append((value, weight))
    }
    return found
  }

  /// Writes the digest of several; null where one is none.
  static func merge(_ digests: [DynamicView], into writer: inout DynamicWriter) {
    var all: [Centroid] = []
    for digest in digests {
      guard let centroids = centroids(digest) else { return writer.appendNull() }
      all += centroids
    }
    let order = all.indices.sorted { left, right in
      let order = all[left].value.sortOrder(all[right].value, isDescending: false)
      return order != 0 ? order < 0 : left < right
    }
    var total = 0.0
    let upTo = order.map { position -> Double in
      total += all[position].weight
      return total
    }
    writer.beginArray()
    for (index, weight) in compressed(upTo) {
      writer.beginArray()
      writer.append(all[order[index]].value)
      writer.append(real: weight)
      writer.endArray()
    }
    writer.endArray()
  }

  /// The value of the nearest rank of a percentage; nil of an empty digest.
  static func percentile(_ centroids: [Centroid], _ percentage: Double) -> DynamicView? {
    let total = centroids.reduce(0) { $0 + $1.weight }
    let rank = (percentage * total / 100 - 1e-9).rounded(.up)
    var reached = 0.0
    for centroid in centroids {
      reached += centroid.weight
      if reached >= rank { return centroid.value }
    }
    return centroids.last?.value
  }

  /// How many values are not above a value.
  static func rank(_ centroids: [Centroid], of value: DynamicView) -> Double {
    centroids.reduce(0) { sum, centroid in
      centroid.value.sortOrder(value, isDescending: false) <= 0 ? sum + centroid.weight : sum
    }
  }
}

/// `tdigest_merge`: one digest of the digests of a group.
final class DigestMergeState: AggregateState {
  private let digests = ValueTable(type: .dynamic, isDistinct: false)
  private let log = GroupLog()

  var byteCount: Int { digests.byteCount + log.byteCount }

  func reserve(groups: Int) {}

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    digests.insert(arguments[0], count: count, isWanted: { _ in true }) { row, number in
      if number != ValueTable.null { log.append(number, group: Int(groups[row])) }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for index in 0..<later.log.entries.count {
      log.append(
        digests.insert(later.log.entries[index], of: later.digests),
        group: Int(mapping[Int(later.log.groups[index])])
      )
    }
  }

  func finish(groups: Int) throws -> [Vector] {
    var results = DynamicResults(groups: groups)
    try log.forEachGroup(groups) { numbers in
      try results.append { writer in
        if numbers.isEmpty { return writer.appendNull() }
        let views = numbers.map { number -> DynamicView in
          let bytes = digests.bytes(number)
          return DynamicView(bytes.base, count: bytes.count)
        }
        DigestForm.merge(views, into: &writer)
      }
    }
    return [results.finish()]
  }
}
