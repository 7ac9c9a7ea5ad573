import AttackGeneration
import Columnar
import Hunting
import StructuredText
import Testing

/// Rows fit the tables of Defender, and lead from an alert to what else the attack did.
struct TelemetryTests {
  private func rows(
    _ scenario: GeneratedScenario,
    _ table: TelemetryTable
  ) throws -> [DocumentNode] {
    try scenario.rows(of: table, tenant: "contoso").map { try Scenarios.document($0) }
  }

  @Test("columns are those of the table, with values of their types")
  func schema() throws {
    var settings = Scenarios.settings(["contoso"])
    settings.everydayRowsPerDay = 10
    let scenario = Scenarios.scenario(seed: 21, settings)
    let tables = TelemetryTable.allCases.sorted { $0.rawValue < $1.rawValue }
    #expect(scenario.tables(of: "contoso") == tables)
    for table in tables {
      let schema = try #require(TableSchemas.environment(.xdr).lookup(table.rawValue))
      let types = Dictionary(uniqueKeysWithValues: schema.columns.map { ($0.name, $0.type) })
      for row in try rows(scenario, table) {
        for member in row.members where !member.value.isNull {
          let type = try #require(types[member.key], "\(table.rawValue).\(member.key)")
          #expect(fits(member.value, type), "\(table.rawValue).\(member.key)")
        }
      }
    }
  }

  private func fits(_ value: DocumentNode, _ type: ScalarType) -> Bool {
    let isText = value.scalar?.style == .doubleQuoted
    switch type {
    case .string: return isText
    case .datetime: return DateTime(parsing: Array((value.text ?? "").utf8)) != nil
    case .bool: return value.boolean != nil
    case .long: return !isText && value.integer != nil
    case .int: return !isText && value.integer.flatMap { Int32(exactly: $0) } != nil
    case .dynamic: return true
    default: return false
    }
  }

  @Test("times of rows lie in the span and rise") func times() throws {
    let settings = Scenarios.settings(["contoso"])
    let scenario = Scenarios.scenario(seed: 22, settings)
    for table in scenario.tables(of: "contoso") {
      var before = settings.start
      for row in try rows(scenario, table) {
        let time = try #require(DateTime(parsing: Array((row["Timestamp"]?.text ?? "").utf8)))
        #expect(before <= time && time <= settings.end)
        before = time
      }
    }
  }

  @Test("an alert's mail leads to its siblings and a click", arguments: 0..<3 as Range)
  func mails(seed: UInt64) throws {
    let settings = Scenarios.settings(["contoso"], families: [.phishingPayload])
    let scenario = Scenarios.scenario(seed: seed, settings)
    let emails = try rows(scenario, .emails)
    let urls = try rows(scenario, .emailUrls)
    let clicks = try rows(scenario, .urlClicks)
    var seen = 0
    for alert in scenario.alerts where alert.truth.attackId != nil {
      for mail in try Scenarios.document(alert.json).evidence("analyzedMessage") {
        seen += 1
        let id = try #require(mail["networkMessageId"]?.text)
        let row = try #require(emails.first { $0["NetworkMessageId"]?.text == id })
        #expect(row["RecipientEmailAddress"]?.text == mail["recipientEmailAddress"]?.text)
        let subject = row["Subject"]?.text
        let siblings = emails.filter { $0["Subject"]?.text == subject }
        #expect(Set(siblings.map { $0["RecipientEmailAddress"]?.text }).count >= 4)
        let url = try #require(urls.first { $0["NetworkMessageId"]?.text == id }?["Url"]?.text)
        #expect(clicks.contains { $0["Url"]?.text == url })
      }
    }
    #expect(seen > 0)
    for click in clicks {
      #expect(emails.contains { $0["NetworkMessageId"]?.text == click["NetworkMessageId"]?.text })
    }
  }

  @Test("an attack's processes lead over its devices to the upload", arguments: 0..<3 as Range)
  func devices(seed: UInt64) throws {
    let settings = Scenarios.settings(["contoso"], families: [.phishingPayload])
    let scenario = Scenarios.scenario(seed: seed, settings)
    let processes = try rows(scenario, .processes)
    let connections = try rows(scenario, .connections)
    var seen = 0
    for alert in scenario.alerts where alert.truth.attackId != nil {
      let node = try Scenarios.document(alert.json)
      for process in node.evidence("process") where alert.truth.step != "click" {
        seen += 1
        let line = process["processCommandLine"]?.text
        let found = try #require(processes.first { $0["ProcessCommandLine"]?.text == line })
        #expect(found["SHA1"]?.text == process["imageFile"]?["sha1"]?.text)
        #expect(processes.contains { $0["DeviceId"]?.text == process["mdeDeviceId"]?.text })
      }
      for address in node.evidence("ip") where alert.truth.step == "exfiltration" {
        let value = address["ipAddress"]?.text
        #expect(connections.contains { $0["RemoteIP"]?.text == value })
      }
    }
    #expect(seen > 0)
    let payloads = try rows(scenario, .files).compactMap { $0["SHA1"]?.text }
    #expect(processes.contains { payloads.contains($0["SHA1"]?.text ?? "") })
    let logons = try rows(scenario, .deviceLogons)
    #expect(logons.contains { $0["AccountName"]?.text?.hasPrefix("adm-") == true })
    #expect(try rows(scenario, .identityLogons).count == logons.count)
  }

  @Test("alerts of a spray lead to who was tried and who fell", arguments: 0..<3 as Range)
  func spray(seed: UInt64) throws {
    let settings = Scenarios.settings(["contoso"], families: [.passwordSpray])
    let scenario = Scenarios.scenario(seed: seed, settings)
    let signIns = try rows(scenario, .signIns)
    let failed = signIns.filter { $0["ErrorCode"]?.text != "0" }
    let fallen = Set(
      signIns.compactMap { $0["ErrorCode"]?.text == "0" ? $0["AccountUpn"]?.text : nil }
    )
    #expect(fallen.count == 1)
    for (_, tries) in Dictionary(grouping: failed, by: { $0["IPAddress"]?.text }) {
      #expect(Set(tries.compactMap { $0["AccountUpn"]?.text }).count > 10)
    }
    for alert in scenario.alerts where alert.truth.attackId != nil {
      for user in try Scenarios.document(alert.json).evidence("user") {
        let name = try #require(user["userAccount"]?["userPrincipalName"]?.text)
        if alert.truth.step == "spray" {
          #expect(failed.contains { $0["AccountUpn"]?.text == name })
        } else {
          #expect(fallen.contains(name))
        }
      }
    }
  }

  @Test("alerts of an app lead to who gave it access and what it is", arguments: 0..<3 as Range)
  func consent(seed: UInt64) throws {
    let settings = Scenarios.settings(["contoso"], families: [.consentGrant])
    let scenario = Scenarios.scenario(seed: seed, settings)
    let activities = try rows(scenario, .cloudActivities)
    let apps = try rows(scenario, .oauthApps)
    var seen = 0
    for alert in scenario.alerts where alert.truth.attackId != nil {
      let node = try Scenarios.document(alert.json)
      for app in node.evidence("oauthApplication") {
        seen += 1
        let id = try #require(app["appId"]?.text)
        let consents = activities.filter {
          $0["OAuthAppId"]?.text == id && $0["ActionType"]?.text == "Consent to application."
        }
        let users = Set(consents.compactMap { $0["RawEventData"]?["UserId"]?.text })
        for user in node.evidence("user") {
          #expect(users.contains(user["userAccount"]?["userPrincipalName"]?.text ?? ""))
        }
        #expect(apps.contains { $0["OAuthAppId"]?.text == id })
      }
    }
    #expect(seen > 0)
  }
}
