import Columnar
import QueryPlan

/// The output columns of a union with the columns of each leg that go there.
struct UnionSlots {
  struct Slot {
    let name: String
    let type: BoundType
    /// Whether other types share the name, so that this one has the type in its name.
    let isSplit: Bool
  }

  private(set) var all: [Slot] = []
  /// For each leg its column for each slot.
  let sources: [[ColumnID?]]

  init(_ legs: [BoundTable], isInner: Bool, typeOf: (PlanColumn) -> BoundType) {
    var order: [Name] = []
    var groups: [Name: Group] = [:]
    for (index, leg) in legs.enumerated() {
      for column in leg.columns {
        let key = Name(column.name)
        if groups[key] == nil { order.append(key) }
        groups[key, default: Group()].add(typeOf(column), leg: index)
      }
    }
    var first: [Name: Int] = [:]
    for key in order {
      guard var group = groups[key], !isInner || group.legCount == legs.count else { continue }
      if group.types.isEmpty { group.types = [.unknown] }
      groups[key] = group
      first[key] = all.count
      for type in group.types {
        let isSplit = group.types.count > 1
        let title = isSplit ? "\(key.text)_\(type.name)" : key.text
        all.append(Slot(name: title, type: type, isSplit: isSplit))
      }
    }
    let count = all.count
    sources = legs.map { leg in
      var row = [ColumnID?](repeating: nil, count: count)
      for column in leg.columns {
        let key = Name(column.name)
        guard let start = first[key], let types = groups[key]?.types else { continue }
        let slot = start + (types.firstIndex(of: typeOf(column)) ?? 0)
        if row[slot] == nil { row[slot] = column.id }
      }
      return row
    }
  }

  /// What the columns of one name are.
  private struct Group {
    /// Each known type once, in the order of the legs.
    var types: [BoundType] = []
    private(set) var legCount = 0
    private var lastLeg = -1

    mutating func add(_ type: BoundType, leg: Int) {
      if type != .unknown, !types.contains(type) { types.append(type) }
      if leg != lastLeg { legCount += 1 }
      lastLeg = leg
    }
  }

  /// The names of the slots: those with a type in them give way to plain ones.
  var names: [String] {
    var used = Set(all.filter { !$0.isSplit }.map { Name($0.name) })
    return all.map { slot in
      guard slot.isSplit, !used.insert(Name(slot.name)).inserted else { return slot.name }
      var suffix = 1
      while !used.insert(Name("\(slot.name)\(suffix)")).inserted { suffix += 1 }
      return "\(slot.name)\(suffix)"
    }
  }
}
