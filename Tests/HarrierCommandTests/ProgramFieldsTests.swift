import ArgumentParser
import Incidents
import Response
import StructuredText
import Testing

@testable import HarrierCommand

/// What programs read of lists and of what is shown: fields with their types, under stable names.
struct ProgramFieldsTests {
  private let store: CommandStore

  init() throws {
    store = try CommandStore()
    try store.addAlerts("a1", of: "t")
  }

  /// The lines that a command writes, one for each thing.
  private func lines(_ command: String) throws -> [String] {
    let answer = try store.run(command + " --store STORE --format ndjson")
    #expect(answer.code == 0, "\(answer.notes)")
    return answer.output.split(separator: "\n").map(String.init)
  }

  private func names(_ line: String) throws -> [String] {
    try TextDocument(Array(line.utf8), format: .json).root.members.map(\.key)
  }

  private func expect(_ line: String, _ parts: [String]) {
    for part in parts { #expect(line.contains(part), "\(part) in \(line)") }
  }

  @Test("actions") func actions() throws {
    try store.run(
      "actions take --store STORE --alert t/a1 --propose --with isolationType=selective "
        + "isolateDevice deviceId=t-a1"
    )
    for command in ["actions list", "actions show t/1"] {
      let line = try #require(try lines(command).first)
      let further = command.hasSuffix("list") ? ["TenantId", "TenantName"] : []
      #expect(try names(line) == ActionRowListing.fieldNames + further)
      expect(
        line,
        [
          #""Number":1"#, #""Target":{"deviceId":"t-a1"}"#,
          #""Parameters":{"isolationType":"selective"}"#, #""IsSystem":false"#,
          #""DecidedBy":null"#, #""Connector":null"#, #""Incident":"t/1""#,
          #""Investigation":null"#, #""AlertId":"a1""#, #""Ended":null"#, #""Tenant":"t""#,
        ]
      )
    }
    let change = try #require(try lines("actions show t/1 --history").first)
    expect(change, [#""IsSystem":false"#, #""Status":"pending""#])
    #expect(try lines("actions list --count") == [#"{"Tenant":"t","Pending":1}"#])
  }

  @Test("submissions, and what followed") func submissions() throws {
    try store.run(
      "submissions add --store STORE --tenant t --url http://evil.example/pay --category phishing"
    )
    let listed = try #require(try lines("submissions list").first)
    #expect(try names(listed) == SubmissionListing.fieldNames)
    expect(
      listed,
      [
        #""Number":1"#, #""Content":{"url":"http://evil.example/pay"}"#, #""Result":null"#,
        #""ReviewedBy":null"#, #""Reviewed":null"#,
      ]
    )
    try store.run("submissions review --store STORE t/1 --result phishing --block")
    let shown = try #require(try lines("submissions show t/1").first)
    #expect(try names(shown) == SubmissionListing.shownNames)
    expect(
      shown,
      [
        #""Result":"phishing""#, #""Alert":null"#, #""Entries":[{"Entry":"t/1","Action":"block""#,
        #""Removed":null"#, #""Location":"Quarantine","Entry":"t/1"}"#,
      ]
    )
  }

  @Test("incidents") func incidents() throws {
    try store.run("incidents update --store STORE t/1 --add-tag phish --add-tag vip")
    let line = try #require(try lines("incidents list").first)
    #expect(try names(line) == IncidentListing.fieldNames + ["TenantId", "TenantName"])
    expect(
      line,
      [
        #""Number":1"#, #""Alerts":1,"ActiveAlerts":1"#, #""AssignedTo":null"#,
        #""Classification":"unknown","Determination":"unknown""#, #""Devices":1"#,
        #""FirstActivity":"2026-01-10T00:00:00"#, #""Resolved":null,"Tags":["phish","vip"]"#,
      ]
    )
  }

  @Test("help names them") func help() {
    let helps = [
      (Harrier.helpMessage(for: ActionsShowCommand.self), ActionRowListing.fieldNames),
      (Harrier.helpMessage(for: SubmissionsListCommand.self), SubmissionListing.fieldNames),
      (Harrier.helpMessage(for: IncidentsListCommand.self), IncidentListing.fieldNames),
    ]
    for (text, names) in helps {
      for name in names { #expect(text.contains(name), "\(name)") }
    }
  }
}
