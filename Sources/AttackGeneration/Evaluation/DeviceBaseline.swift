public import Columnar

/// The simplest grouping that anyone would try: alerts of one device within a time.
///
/// Alerts of a tenant that name the same device are in one group as long as each follows the one
/// before within the window. An alert of several devices joins their groups; one without a device
/// is alone.
public struct DeviceBaseline: Sendable {
  /// The longest time from one alert of a device to the next.
  public let window: TimeSpan

  /// Makes the baseline; the window is a day unless told otherwise.
  public init(windowHours: Int = 24) {
    window = TimeSpan(ticks: Int64(min(max(windowHours, 0), 87_600)) * TimeSpan.ticksPerHour)
  }

  /// The group of each alert by the alert's id.
  public func groups(of alerts: [GeneratedAlert]) -> [String: String] {
    let alerts = alerts.sorted { ($0.created.ticks, $0.id) < ($1.created.ticks, $1.id) }
    var links = Links(count: alerts.count)
    var latest: [Place: Int] = [:]
    for (index, alert) in alerts.enumerated() {
      for device in alert.deviceIds {
        let place = Place(tenant: alert.tenant, device: device)
        if let before = latest[place],
          alert.created.since(alerts[before].created).ticks <= window.ticks
        {
          links.join(before, index)
        }
        latest[place] = index
      }
    }
    var groups: [String: String] = [:]
    for (index, alert) in alerts.enumerated() { groups[alert.id] = alerts[links.root(index)].id }
    return groups
  }

  private struct Place: Hashable {
    let tenant: String
    let device: String
  }
}

/// Sets of alerts that are joined as it is found that they belong together.
private struct Links {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }

  /// Joins two sets; the earlier alert stands for both.
  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (root(left), root(right))
    parents[max(left, right)] = min(left, right)
  }
}
