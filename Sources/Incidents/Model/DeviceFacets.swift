import Alerts

/// What incidents are found by of what their devices are: as alerts tell it, and as DeviceInfo
/// does.
struct DeviceFacets {
  /// The kinds of these facets.
  static let kinds = ["osPlatform", "deviceGroup"]

  private(set) var facets: Set<Facet> = []

  /// - Parameters:
  ///   - assets: evidence of devices; other evidence is passed over.
  ///   - known: what DeviceInfo says of devices of the evidence.
  init(_ assets: [Evidence], known: [KnownDevice] = []) {
    for item in assets where AssetIdentity(item)?.kind == .device {
      add(item["OSFamily"], item[Evidence.deviceGroup])
    }
    for device in known { add(device.osPlatform, device.deviceGroup) }
  }

  private mutating func add(_ platform: String?, _ group: String?) {
    for (kind, value) in zip(Self.kinds, [platform, group]) {
      guard let value, !value.isEmpty else { continue }
      facets.insert(Facet(kind: kind, value: value.lowercased()))
    }
  }
}

/// What DeviceInfo says of the device of a name.
public struct KnownDevice: Sendable, Hashable {
  /// An id or a name, in small letters.
  public let name: String
  /// Empty where it is not known.
  public let osPlatform: String
  public let deviceGroup: String

  public init(name: String, osPlatform: String, deviceGroup: String) {
    self.name = name
    self.osPlatform = osPlatform
    self.deviceGroup = deviceGroup
  }
}
