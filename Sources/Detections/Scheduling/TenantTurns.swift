/// Gives tenants their turns to run what is due.
///
/// A turn is of several runs, since runs of one tenant read the same segments: what is decoded for
/// the first serves the others. Who had no turn for longest is next, from look to look.
struct TenantTurns {
  /// The most runs of a turn.
  let turn: Int
  private var count = 0
  /// The number of each tenant's last turn.
  private var last: [String: Int] = [:]

  init(turn: Int) { self.turn = turn }

  /// The next requests; a tenant's oldest first.
  mutating func next(_ requests: [RunRequest], most: Int) -> [RunRequest] {
    var queues: [String: ArraySlice<RunRequest>] = [:]
    for (tenant, own) in Dictionary(grouping: requests, by: \.tenant) {
      queues[tenant] = own.sorted { ($0.due, $0.rule) < ($1.due, $1.rule) }[...]
    }
    last = last.filter { queues[$0.key] != nil }
    var chosen: [RunRequest] = []
    while chosen.count < most, let tenant = nextTenant(queues) {
      let room = min(turn, most - chosen.count)
      let taken = queues[tenant]?.prefix(room) ?? []
      chosen += taken
      queues[tenant]?.removeFirst(taken.count)
      if queues[tenant]?.isEmpty ?? true { queues[tenant] = nil }
      count += 1
      last[tenant] = count
    }
    return chosen
  }

  private func nextTenant(_ queues: [String: ArraySlice<RunRequest>]) -> String? {
    queues.compactMap { tenant, queue in
      queue.first.map { (last[tenant] ?? 0, $0.due, tenant) }
    }
    .min { $0 < $1 }?.2
  }
}
