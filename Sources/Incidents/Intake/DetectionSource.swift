/// What of a product found what an alert is about, in Graph's words and those of our own alerts.
enum DetectionSource: String, CaseIterable {
  case microsoftDefenderForEndpoint, antivirus, smartScreen, customTi
  case microsoftDefenderForOffice365, automatedInvestigation, microsoftThreatExperts
  case customDetection, microsoftDefenderForIdentity, cloudAppSecurity, microsoft365Defender
  case azureAdIdentityProtection, manual, microsoftDataLossPrevention, appGovernancePolicy
  case appGovernanceDetection, microsoftDefenderForCloud, microsoftDefenderForIoT
  case microsoftDefenderForServers, microsoftDefenderForStorage, microsoftDefenderForDNS
  case microsoftDefenderForDatabases, microsoftDefenderForContainers
  case microsoftDefenderForNetwork, microsoftDefenderForAppService, microsoftDefenderForKeyVault
  case microsoftDefenderForResourceManager, microsoftDefenderForApiManagement, nrtAlerts
  case scheduledAlerts, microsoftDefenderThreatIntelligenceAnalytics, builtInMl
  case microsoftInsiderRiskManagement, microsoftThreatIntelligence
  case microsoftDefenderForAIServices, securityCopilot, microsoftSentinel, userReported
  case ruleHealth

  /// Reads Graph's word, or what tables write, in any letter case.
  init?(reading text: String) {
    guard let source = Self.byLetters[ProductWord.letters(of: text)] else { return nil }
    self = source
  }

  private static let byLetters = ProductWord.index(allCases) { [$0.rawValue] + $0.furtherWords }

  /// As AlertInfo writes it.
  var title: String {
    switch self {
    case .microsoftDefenderForEndpoint: "EDR"
    case .antivirus: "Antivirus"
    case .smartScreen: "SmartScreen"
    case .customTi: "Custom TI"
    case .microsoftDefenderForOffice365: "Microsoft Defender for Office 365"
    case .automatedInvestigation: "Automated investigation"
    case .microsoftThreatExperts: "Microsoft Threat Experts"
    case .customDetection: "Custom detection"
    case .microsoftDefenderForIdentity: "Microsoft Defender for Identity"
    case .cloudAppSecurity: "Cloud App Security"
    case .microsoft365Defender: "Microsoft Defender XDR"
    case .azureAdIdentityProtection: "Microsoft Entra ID Protection"
    case .manual: "Manual"
    case .microsoftDataLossPrevention: "Microsoft Data Loss Prevention"
    case .appGovernancePolicy: "App governance policy"
    case .appGovernanceDetection: "App governance detection"
    case .microsoftDefenderForCloud: "Microsoft Defender for Cloud"
    case .microsoftDefenderForIoT: "Microsoft Defender for IoT"
    case .microsoftDefenderForServers: "Microsoft Defender for Servers"
    case .microsoftDefenderForStorage: "Microsoft Defender for Storage"
    case .microsoftDefenderForDNS: "Microsoft Defender for DNS"
    case .microsoftDefenderForDatabases: "Microsoft Defender for Databases"
    case .microsoftDefenderForContainers: "Microsoft Defender for Containers"
    case .microsoftDefenderForNetwork: "Microsoft Defender for Network"
    case .microsoftDefenderForAppService: "Microsoft Defender for App Service"
    case .microsoftDefenderForKeyVault: "Microsoft Defender for Key Vault"
    case .microsoftDefenderForResourceManager: "Microsoft Defender for Resource Manager"
    case .microsoftDefenderForApiManagement: "Microsoft Defender for API Management"
    case .nrtAlerts: "NRT alerts"
    case .scheduledAlerts: "Scheduled alerts"
    case .microsoftDefenderThreatIntelligenceAnalytics:
      "Microsoft Defender Threat Intelligence Analytics"
    case .builtInMl: "Built-in ML"
    case .microsoftInsiderRiskManagement: "Microsoft Insider Risk Management"
    case .microsoftThreatIntelligence: "Microsoft Threat Intelligence"
    case .microsoftDefenderForAIServices: "Microsoft Defender for AI Services"
    case .securityCopilot: "Security Copilot"
    case .microsoftSentinel: "Microsoft Sentinel"
    case .userReported: "User reported"
    case .ruleHealth: "Rule health"
    }
  }

  /// What else it is called: in AlertInfo, for short, and in the interfaces before Graph's.
  var furtherWords: [String] {
    switch self {
    case .microsoftDefenderForEndpoint: [title, "WindowsDefenderAtp"]
    case .antivirus: [title, "WindowsDefenderAv"]
    case .smartScreen: [title, "WindowsDefenderSmartScreen"]
    case .microsoftDefenderForOffice365: [title, "MDO", "OfficeATP"]
    case .microsoftDefenderForIdentity: [title, "MDI"]
    case .cloudAppSecurity: [title, "MCAS"]
    default: [title]
    }
  }
}
