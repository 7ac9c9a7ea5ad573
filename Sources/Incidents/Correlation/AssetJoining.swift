/// Brings users and devices together that have a name in common.
struct AssetJoining {
  private var slots: [CorrelationKeys.Asset?] = []
  private var places: [CorrelationKey: Int] = [:]

  /// Each once, none with a name of another.
  var assets: [CorrelationKeys.Asset] { slots.compactMap { $0 } }

  /// Adds one; without a name it is none.
  mutating func add(_ asset: CorrelationKeys.Asset) {
    if asset.names.isEmpty { return }
    let known = Set(asset.names.compactMap { places[CorrelationKey(asset.kind, $0)] })
    // The names of the smaller ones move, so that each moves seldom.
    let place = known.max { (size($0), $1) < (size($1), $0) } ?? slots.count
    if place == slots.count { slots.append(CorrelationKeys.Asset(kind: asset.kind, names: [])) }
    keep(asset, in: place)
    for other in known where other != place {
      guard let moved = slots[other] else { continue }
      slots[other] = nil
      keep(moved, in: place)
    }
  }

  private func size(_ place: Int) -> Int { slots[place]?.names.count ?? 0 }

  private mutating func keep(_ asset: CorrelationKeys.Asset, in place: Int) {
    slots[place]?.names.formUnion(asset.names)
    for name in asset.names { places[CorrelationKey(asset.kind, name)] = place }
  }
}
