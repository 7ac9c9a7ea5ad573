/// Which product and which part of it raised an alert.
struct AlertOrigin {
  /// Where it is not told.
  static let unknown = "unknown"

  /// As AlertInfo writes it, such as `Microsoft Defender for Endpoint`.
  let service: String
  /// In Graph's words.
  let detection: String
  /// The letters with which ids of such alerts begin.
  let prefix: String

  /// Both in the words of Graph or of AlertInfo; others stay as they are.
  init(service: String, detection: String) {
    let known = ServiceSource(reading: service)
    self.service = known?.title ?? service
    self.detection = DetectionSource(reading: detection)?.rawValue ?? detection
    prefix = known?.prefix ?? "xx"
  }
}

/// A product whose alerts Defender shows, in Graph's words.
enum ServiceSource: String, CaseIterable {
  case microsoftDefenderForEndpoint, microsoftDefenderForIdentity, microsoftDefenderForCloudApps
  case microsoftDefenderForOffice365, microsoft365Defender, azureAdIdentityProtection
  case microsoftAppGovernance, dataLossPrevention, microsoftDefenderForCloud, microsoftSentinel
  case microsoftInsiderRiskManagement, microsoftThreatIntelligence, microsoftSecurityForAI

  /// Reads Graph's word, or the name that tables write, in any letter case.
  init?(reading text: String) {
    guard let source = Self.byLetters[ProductWord.letters(of: text)] else { return nil }
    self = source
  }

  private static let byLetters = ProductWord.index(allCases) { [$0.rawValue, $0.title] }

  /// As AlertInfo writes it.
  var title: String {
    switch self {
    case .microsoftDefenderForEndpoint: "Microsoft Defender for Endpoint"
    case .microsoftDefenderForIdentity: "Microsoft Defender for Identity"
    case .microsoftDefenderForCloudApps: "Microsoft Defender for Cloud Apps"
    case .microsoftDefenderForOffice365: "Microsoft Defender for Office 365"
    case .microsoft365Defender: "Microsoft Defender XDR"
    case .azureAdIdentityProtection: "Microsoft Entra ID Protection"
    case .microsoftAppGovernance: "Microsoft App Governance"
    case .dataLossPrevention: "Microsoft Data Loss Prevention"
    case .microsoftDefenderForCloud: "Microsoft Defender for Cloud"
    case .microsoftSentinel: "Microsoft Sentinel"
    case .microsoftInsiderRiskManagement: "Microsoft Insider Risk Management"
    case .microsoftThreatIntelligence: "Microsoft Threat Intelligence"
    case .microsoftSecurityForAI: "Microsoft Security for AI"
    }
  }

  /// The letters with which ids of its alerts begin.
  var prefix: String {
    switch self {
    case .microsoftDefenderForEndpoint: "da"
    case .microsoftDefenderForIdentity: "aa"
    case .microsoftDefenderForCloudApps: "ca"
    case .microsoftDefenderForOffice365: "fa"
    case .microsoft365Defender: "ra"
    case .azureAdIdentityProtection: "ad"
    case .microsoftAppGovernance: "ma"
    case .dataLossPrevention: "dl"
    case .microsoftDefenderForCloud: "dc"
    case .microsoftSentinel: "sn"
    case .microsoftInsiderRiskManagement: "ir"
    case .microsoftThreatIntelligence: "ta"
    case .microsoftSecurityForAI: "xa"
    }
  }

  /// Names that it had, as SecurityAlert still has them.
  var formerTitles: [String] {
    switch self {
    case .microsoftDefenderForEndpoint: ["Microsoft Defender Advanced Threat Protection"]
    case .microsoftDefenderForIdentity: ["Azure Advanced Threat Protection"]
    case .microsoftDefenderForCloudApps: ["Microsoft Cloud App Security"]
    case .microsoftDefenderForOffice365: ["Office 365 Advanced Threat Protection"]
    case .azureAdIdentityProtection: ["Azure Active Directory Identity Protection"]
    case .microsoftDefenderForCloud: ["Azure Security Center"]
    case .microsoftSentinel: ["Azure Sentinel"]
    default: []
    }
  }
}
