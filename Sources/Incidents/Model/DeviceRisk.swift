import Alerts

/// How risky and how exposed a device is, as the views of devices tell it.
public struct DeviceRisk: Sendable, Equatable {
  /// `High`, `Medium`, `Low`, `Informational` or `None`.
  public let risk: String
  public let exposure: String
  /// `High`, `Normal` or `Low`.
  public let value: String

  public init(risk: String, exposure: String, value: String) {
    self.risk = risk
    self.exposure = exposure
    self.value = value
  }
}

/// By what a device that evidence is about is known in DeviceInfo.
public struct DeviceNames: Sendable {
  public let id: String?
  /// Its name with its domain, where evidence has both, the best first.
  public let names: [String]

  public init(_ evidence: Evidence) {
    id = evidence["DeviceId"]
    var names = [evidence["FullName"]].compactMap { $0 }
    for host in [evidence["HostName"], evidence["NetBiosName"]].compactMap({ $0 }) {
      if let domain = evidence["DnsDomain"] { names.append(host + "." + domain) }
      names.append(host)
    }
    self.names = names
  }
}

/// What is known of devices, by their ids and names.
public struct DeviceRisks: Sendable {
  public struct Known: Sendable {
    let id: String
    let name: String
    let risk: DeviceRisk

    public init(id: String, name: String, risk: DeviceRisk) {
      self.id = id
      self.name = name
      self.risk = risk
    }
  }

  private let byID: [String: DeviceRisk]
  /// Names that several devices have tell none of them.
  private let byName: [String: DeviceRisk]

  public init(_ known: [Known]) {
    byID = Dictionary(known.map { ($0.id.lowercased(), $0.risk) }) { first, _ in first }
    byName = Dictionary(grouping: known) { $0.name.lowercased() }
      .compactMapValues { $0.count == 1 ? $0[0].risk : nil }
  }

  /// nil for a device that DeviceInfo does not tell of.
  public subscript(evidence: Evidence) -> DeviceRisk? {
    let names = DeviceNames(evidence)
    if let id = names.id?.lowercased(), let found = byID[id] { return found }
    return names.names.lazy.compactMap { byName[$0.lowercased()] }.first
  }
}
