/// The products whose alerts are made, with Graph's literals for them.
enum Product: Sendable {
  case office365, endpoint, antivirus, identity, cloudApps, entraProtection, appGovernance
  case dataLoss, insiderRisk

  var serviceSource: String {
    switch self {
    case .office365: "microsoftDefenderForOffice365"
    case .endpoint, .antivirus: "microsoftDefenderForEndpoint"
    case .identity: "microsoftDefenderForIdentity"
    case .cloudApps: "microsoftDefenderForCloudApps"
    case .entraProtection: "azureAdIdentityProtection"
    case .appGovernance: "microsoftAppGovernance"
    case .dataLoss: "dataLossPrevention"
    case .insiderRisk: "microsoftInsiderRiskManagement"
    }
  }

  var detectionSource: String {
    switch self {
    case .office365: "microsoftDefenderForOffice365"
    case .endpoint: "microsoftDefenderForEndpoint"
    case .antivirus: "antivirus"
    case .identity: "microsoftDefenderForIdentity"
    case .cloudApps: "cloudAppSecurity"
    case .entraProtection: "azureAdIdentityProtection"
    case .appGovernance: "appGovernanceDetection"
    case .dataLoss: "microsoftDataLossPrevention"
    case .insiderRisk: "microsoftInsiderRiskManagement"
    }
  }

  var name: String {
    switch self {
    case .office365: "Microsoft Defender for Office 365"
    case .endpoint, .antivirus: "Microsoft Defender for Endpoint"
    case .identity: "Microsoft Defender for Identity"
    case .cloudApps: "Microsoft Defender for Cloud Apps"
    case .entraProtection: "Microsoft Entra ID Protection"
    case .appGovernance: "Microsoft App Governance"
    case .dataLoss: "Microsoft Data Loss Prevention"
    case .insiderRisk: "Microsoft Insider Risk Management"
    }
  }

  /// The letters that a source's alert ids start with.
  var idPrefix: String {
    switch self {
    case .office365: "fa"
    case .endpoint, .antivirus: "da"
    case .identity: "aa"
    case .cloudApps: "ca"
    case .entraProtection: "ad"
    case .appGovernance: "ma"
    case .dataLoss: "dl"
    case .insiderRisk: "ir"
    }
  }
}
