/// A custom detection whose parts can be changed, for the examples of checks.
struct DefenderExample {
  var name = "Encoded PowerShell"
  var period = "1H"
  var query = """
    DeviceProcessEvents
    | where FileName =~ "powershell.exe" and ProcessCommandLine has "-enc"
    | project Timestamp, DeviceId, ReportId, AccountSid, ProcessCommandLine, SHA1
    """
  var title = "Encoded PowerShell"
  var description = "Somebody ran an encoded command."
  var severity = "medium"
  var category = "Execution"
  var techniques = "[T1059.001]"
  /// Further lines of the alert's template.
  var template: [String] = []
  /// What is harmed: kinds of assets and their identifiers.
  var assets = ["Device deviceId"]
  /// Further lines of the action.
  var action: [String] = []

  var text: String {
    let list = assets.map { asset in
      let parts = asset.split(separator: " ")
      return """
              - "@odata.type": "#microsoft.graph.security.impacted\(parts[0])Asset"
                identifier: \(parts[1])

        """
    }
    let harmed = list.isEmpty ? " []\n" : "\n" + list.joined()
    return """
      displayName: "\(name)"
      queryCondition:
        queryText: |
      \(query.split(separator: "\n").map { "    \($0)\n" }.joined())\
      schedule:
        period: "\(period)"
      detectionAction:
        alertTemplate:
          title: "\(title)"
          description: "\(description)"
          severity: \(severity)
          category: \(category)
          mitreTechniques: \(techniques)
      \(template.map { "    \($0)\n" }.joined())\
          impactedAssets:\(harmed)\
      \(action.map { "  \($0)\n" }.joined())
      """
  }
}

/// An analytics rule whose parts can be changed, for the examples of checks.
struct SentinelExample {
  var id = "0b1f0a0e-5d0c-4d53-9c8e-0d3c6f6d7a10"
  var name = "Many failed sign-ins"
  var description = "An account failed to sign in again and again."
  var kind = "Scheduled"
  var query = """
    SigninLogs
    | where ResultType != "0"
    | summarize Failures = count() by UserPrincipalName, IPAddress
    """
  var frequency = "1h"
  var period = "1h"
  var threshold = "0"
  var severity = "Medium"
  var tactics = "[CredentialAccess]"
  var techniques = "[T1110]"
  var entities = """
    - entityType: Account
      fieldMappings:
        - identifier: FullName
          columnName: UserPrincipalName
    """
  /// Further lines of the rule.
  var more: [String] = []

  var text: String {
    """
    id: \(id)
    name: "\(name)"
    description: "\(description)"
    severity: \(severity)
    queryFrequency: \(frequency)
    queryPeriod: \(period)
    triggerOperator: gt
    triggerThreshold: \(threshold)
    tactics: \(tactics)
    relevantTechniques: \(techniques)
    query: |
    \(query.split(separator: "\n").map { "  \($0)\n" }.joined())\
    entityMappings:
    \(entities.split(separator: "\n").map { "  \($0)\n" }.joined())\
    kind: \(kind)
    \(more.map { "\($0)\n" }.joined())
    """
  }
}
