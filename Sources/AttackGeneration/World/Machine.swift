/// A device of a tenant.
struct Machine: Sendable, Equatable {
  /// What a device is for; shared ones are where unrelated stories meet.
  enum Role: String, Sendable {
    case workstation, server, jumpHost, kiosk, domainController
  }

  /// Defender's `DeviceId`: 40 hexadecimal digits.
  let id: String
  let host: String
  let domain: String
  let address: String
  let role: Role

  var dnsName: String { host + "." + domain }

  var platform: String {
    switch role {
    case .workstation, .kiosk: "Windows11"
    case .server, .jumpHost, .domainController: "WindowsServer2022"
    }
  }
}
