import Columnar
import Execution
import HarrierTesting
import Hunting
import SourceText
import Testing

@testable import Incidents

/// Where the query of `incidents hunt` looks, and for what.
struct HuntTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private func item(_ type: String, _ fields: String) -> String {
    "{\"@odata.type\":\"#microsoft.graph.security.\(type)\",\(fields)}"
  }

  /// Runs the query of the incident over rows of tables, each at the time of the incident.
  private func hunt(_ rows: [(table: String, cells: [String: String])]) throws -> [String] {
    let details = try world.details(1)
    let hunt = try #require(IncidentHunt(details, tables: Set(rows.map(\.table))))
    var engine = HuntingEngine()
    for (table, rows) in Dictionary(grouping: rows, by: \.table) {
      let schema = try #require(TableSchemas.environment(.hunting).lookup(table))
      var builder = RowBuilder(Schema(schema.columns))
      let isSentinels = !schema.columns.contains { $0.name == "Timestamp" }
      for row in rows {
        var cells = row.cells.mapValues { Scalar.string(ByteString($0)) }
        cells[isSentinels ? "TimeGenerated" : "Timestamp"] =
          .datetime(details.incident.firstActivity)
        builder.append(cells)
      }
      engine.add(try builder.table, named: table)
    }
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let text = hunt.query + "| summarize count() by SourceTable | order by SourceTable asc"
    return try RowLines.of(engine.run(SourceText(text), budget: budget).tables[0].result)
  }

  @Test("N26: an address is found in sign-ins, app activity and logons, also of Sentinel")
  func addresses() throws {
    try world.take("a1", minute: 1, item("ipEvidence", #""ipAddress":"198.51.100.77""#))
    let found = try hunt([
      ("EntraIdSignInEvents", ["IPAddress": "198.51.100.77"]),
      ("EntraIdSignInEvents", ["IPAddress": "198.51.100.78"]),
      ("SigninLogs", ["IPAddress": "198.51.100.77"]), ("SigninLogs", ["IPAddress": "1.1.1.1"]),
      ("CloudAppEvents", ["IPAddress": "198.51.100.77"]),
      ("DeviceLogonEvents", ["RemoteIP": "198.51.100.77"]),
      ("OfficeActivity", ["ClientIP": "198.51.100.77"]),
    ])
    #expect(
      found == [
        "CloudAppEvents|1", "DeviceLogonEvents|1", "EntraIdSignInEvents|1", "OfficeActivity|1",
        "SigninLogs|1",
      ]
    )
  }

  @Test("N26: accounts by each of their names, mailboxes as senders too") func accounts() throws {
    try world.take(
      "a1",
      minute: 1,
      world.account(("accountName", "adm-x"), ("domainName", "contoso")),
      world.account(("userPrincipalName", "vic@c.com"), ("azureAdUserId", "o1")),
      item("mailboxEvidence", #""primaryAddress":"box@c.com""#)
    )
    let found = try hunt([
      ("DeviceLogonEvents", ["AccountName": "ADM-X", "AccountDomain": "contoso"]),
      ("DeviceLogonEvents", ["AccountName": "adm-x", "AccountDomain": "fabrikam"]),
      ("SecurityEvent", ["TargetUserName": "adm-x", "TargetDomainName": "CONTOSO"]),
      ("SecurityEvent", ["Account": #"CONTOSO\adm-x"#]),
      ("EntraIdSignInEvents", ["AccountObjectId": "o1"]),
      ("AADNonInteractiveUserSignInLogs", ["UserPrincipalName": "vic@c.com"]),
      ("EmailEvents", ["SenderFromAddress": "box@c.com"]),
      ("EmailEvents", ["RecipientEmailAddress": "other@c.com"]),
    ])
    #expect(
      found == [
        "AADNonInteractiveUserSignInLogs|1", "DeviceLogonEvents|1", "EmailEvents|1",
        "EntraIdSignInEvents|1", "SecurityEvent|2",
      ]
    )
  }

  @Test("N26: hashes, domains and applications") func things() throws {
    let hash = String(repeating: "e", count: 64)
    try world.take(
      "a1",
      minute: 1,
      item("fileHashEvidence", "\"algorithm\":\"sha256\",\"value\":\"\(hash)\""),
      item("dnsEvidence", #""domainName":"evil.example""#),
      item("oauthApplicationEvidence", #""appId":"app-1""#)
    )
    let found = try hunt([
      ("DeviceFileEvents", ["SHA256": hash]), ("DeviceFileEvents", ["SHA256": "f"]),
      ("DeviceNetworkEvents", ["RemoteUrl": "https://www.evil.example/x"]),
      ("DnsEvents", ["Name": "evil.example"]), ("DnsEvents", ["Name": "good.example"]),
      ("CloudAppEvents", ["OAuthAppId": "app-1"]),
    ])
    #expect(
      found
        == ["CloudAppEvents|1", "DeviceFileEvents|1", "DeviceNetworkEvents|1", "DnsEvents|1"]
    )
  }

  @Test("N26: own tables are searched by the products' names, with the endings of custom logs")
  func ownTables() throws {
    let address = item("ipEvidence", #""ipAddress":"198.51.100.77""#)
    try world.take("a1", minute: 1, address, world.account(("accountName", "ann")))
    let details = try world.details(1)
    let names = ["ClientIP_s", "AccountName_s", "Note", "addresses"]
    let texts = names.map { ColumnSchema($0, .string) }
    let schema = Schema([ColumnSchema("TimeGenerated", .datetime)] + texts)
    let numbers = [ColumnSchema("Timestamp", .datetime), ColumnSchema("ClientIP", .long)]
    let own = [
      "addresses": schema, "Timeless_CL": Schema(texts), "Numbers_CL": Schema(numbers),
    ]
    let hunt = try #require(IncidentHunt(details, tables: Set(own.keys), own: own))
    #expect(hunt.query.contains(#"with times: "Timeless_CL""#))
    #expect(!hunt.query.contains("Numbers_CL"))
    var builder = RowBuilder(schema)
    for (column, text) in [
      ("ClientIP_s", "198.51.100.77"), ("AccountName_s", "Ann"), ("Note", "198.51.100.77"),
    ] {
      builder.append([
        "TimeGenerated": .datetime(details.incident.firstActivity),
        column: .string(ByteString(text)),
      ])
    }
    var engine = HuntingEngine()
    engine.add(try builder.table, named: "addresses")
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    let text = hunt.query + "| summarize count() by SourceTable"
    let found = try RowLines.of(engine.run(SourceText(text), budget: budget).tables[0].result)
    #expect(found == ["addresses|2"])
  }

  @Test("N26: what is not looked for is told in comments, in one line whatever its name")
  func remarks() throws {
    try world.take(
      "a1",
      minute: 1,
      item("malwareEvidence", #""name":"M\n| x","category":"M\n| x""#),
      world.account(("accountName", "system"), ("userSid", "S-1-5-18")),
      item("registryKeyEvidence", #""registryHive":"HKEY_USERS","registryKey":"Run""#),
      world.device("d1"),
      world.device("d\u{E0041}2")
    )
    let tables: Set = ["DeviceProcessEvents", "AlertEvidence", "DeviceInfo", "Own_CL"]
    let query = try #require(IncidentHunt(try world.details(1), tables: tables)).query
    let comments = query.split(separator: "\n").filter { $0.hasPrefix("//") }
    #expect(comments.count == 3)
    #expect(comments[1].hasSuffix("no table of the tenant has a column of: registryKeys"))
    #expect(comments.last?.contains(#"Malware "M\n| x""#) == true)
    #expect(comments.last?.contains(#"Account "system""#) == true)
    #expect(query.ranges(of: "| extend ").count == 1, "rows of state and alerts are no events")
    #expect(try hunt([("DeviceProcessEvents", ["DeviceId": "d\u{E0041}2"])]).count == 1)
  }
}
