/// The tables of Defender XDR that rows are made for.
public enum TelemetryTable: String, Sendable, CaseIterable, Hashable {
  case emails = "EmailEvents"
  case emailUrls = "EmailUrlInfo"
  case urlClicks = "UrlClickEvents"
  case processes = "DeviceProcessEvents"
  case connections = "DeviceNetworkEvents"
  case files = "DeviceFileEvents"
  case deviceLogons = "DeviceLogonEvents"
  case devices = "DeviceInfo"
  case identityLogons = "IdentityLogonEvents"
  case signIns = "EntraIdSignInEvents"
  case cloudActivities = "CloudAppEvents"
  case oauthApps = "OAuthAppInfo"

  /// Whether its `ReportId` is a number; else it is a text.
  var hasNumberedReports: Bool {
    switch self {
    case .emails, .emailUrls, .urlClicks, .identityLogons, .signIns, .cloudActivities,
      .oauthApps:
      false
    case .processes, .connections, .files, .deviceLogons, .devices: true
    }
  }
}
