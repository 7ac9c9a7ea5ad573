/// Brings together the names of one thing: those that are told together, also over several.
struct NameJoining<Name: Hashable> {
  private var slots: [Set<Name>] = []
  private var places: [Name: Int] = [:]

  /// The names of each thing, none of which has a name of another.
  var groups: [Set<Name>] { slots.filter { !$0.isEmpty } }

  /// Which thing has a name; nil where none has.
  func place(of name: Name) -> Int? { places[name] }

  /// Adds names of one thing; no names are none.
  mutating func add(_ names: some Collection<Name>) {
    if names.isEmpty { return }
    let known = Set(names.compactMap { places[$0] })
    // The names of the smaller ones move, so that each moves seldom.
    let place = known.max { (slots[$0].count, $1) < (slots[$1].count, $0) } ?? slots.count
    if place == slots.count { slots.append([]) }
    keep(names, in: place)
    for other in known where other != place {
      let moved = slots[other]
      slots[other] = []
      keep(moved, in: place)
    }
  }

  private mutating func keep(_ names: some Collection<Name>, in place: Int) {
    slots[place].formUnion(names)
    for name in names { places[name] = place }
  }
}
