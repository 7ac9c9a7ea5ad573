import Columnar
import DetectionRules
import FileAccess
import HarrierTesting
import StructuredText
import Testing

@testable import Incidents

/// Nothing of an alert of Graph is lost: what has no place of its own is kept as JSON.
struct GraphPartsTests {
  private let world: AlertWorld

  init() throws { world = try AlertWorld() }

  private func take(_ fields: String, _ evidence: String...) throws -> AlertIntake.Outcome {
    let text = """
      {"id":"a1","title":"T","createdDateTime":"2026-01-10T00:00:00Z",\(fields)
      "evidence":[\(evidence.joined(separator: ","))]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    let outcome = try AlertIntake(world.store).take([node]) { _ in "t" }
    _ = try IncidentPipeline(world.store).run()
    return outcome
  }

  /// Evidence of a type, which inside of other evidence need not say it.
  private func item(_ type: String, _ fields: String) -> String {
    ##"{"@odata.type":"#microsoft.graph.security.\##(type)",\##(fields)}"##
  }

  private func alert() throws -> AlertDetails {
    try #require(try world.store.alertDetails("a1", of: "t"))
  }

  private func texts() throws -> [String] { try alert().evidence.map(\.text) }

  @Test("N06: all categories are tactics, beside a category too")
  func categories() throws {
    _ = try take(
      "\"categories\":[\"LateralMovement\",\"Execution\"],",
      world.device("d1")
    )
    #expect(try alert().alert.category == "LateralMovement")
    #expect(try world.details(1).categories == ["Execution", "LateralMovement"])
    _ = try take(
      "\"category\":\"Execution\",\"categories\":[\"Execution\",\"Impact\"],",
      world.device("d1")
    )
    #expect(try alert().alert.category == "Execution")
    #expect(try world.details(1).categories == ["Execution", "Impact"])
  }

  @Test("parts of evidence that are evidence are that too, and others tell what they are parts of")
  func nested() throws {
    _ = try take(
      "",
      item(
        "networkConnectionEvidence",
        #"""
        "sourceAddress":{"ipAddress":"10.0.0.5"},"destinationAddress":
        {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"203.0.113.66",
        "verdict":"malicious"},"protocol":"tcp","destinationPort":443
        """#
      ),
      item(
        "teamsMessageEvidence",
        #"""
        "subject":"hi","recipients":["ann@c.example","bob@c.example"],
        "urls":[{"url":"http://bad.example/t"}]
        """#
      )
    )
    #expect(
      try texts() == [
        "networkConnectionEvidence sourceAddress.ipAddress=10.0.0.5 "
          + "destinationAddress.ipAddress=203.0.113.66 protocol=tcp destinationPort=443 (unknown)",
        "IP Address=10.0.0.5 (unknown)", "IP Address=203.0.113.66 (malicious)",
        "teamsMessageEvidence subject=hi recipients=ann@c.example, bob@c.example "
          + #"urls=[{"url":"http://bad.example/t"}] (unknown)"#,
        "URL Url=http://bad.example/t (unknown)",
      ]
    )
  }

  @Test("an alert with only a container is of that") func container() throws {
    let container = item(
      "containerEvidence",
      #""verdict":"malicious","image":{"imageId":"sha:1"},"pod":{"name":"p"}"#
    )
    #expect(try take("", container).new == 1)
    #expect(try texts() == ["containerEvidence image.imageId=sha:1 pod.name=p (malicious)"])
  }

  @Test("comments and details are shown with the alert, the rest as JSON") func rest() throws {
    let fields = #"""
      "comments":[{"comment":"hello","createdByDisplayName":"zed",
      "createdDateTime":"2026-01-10T00:05:00Z"}],"customDetails":{"a":"b"},
      "systemTags":["Defender Experts"],"detectorId":"d-1","alertWebUrl":null,
      """#
    let process = item(
      "processEvidence",
      #"""
      "processId":10,"imageFile":{"fileName":"p.exe","fileSize":7},"tags":[],
      "parentProcessImageFile":{"fileName":"parent.exe"}
      """#
    )
    _ = try take(fields, world.device("d1"), process)
    let details = try alert()
    #expect(details.comments.map(\.comment) == ["hello"])
    #expect(details.comments.map(\.actor) == ["zed"])
    #expect(details.comments.map(\.at.text) == ["2026-01-10T00:05:00.0000000Z"])
    #expect(details.customDetails.map(\.label) == ["a"])
    #expect(
      details.additionalFields == #"{"systemTags":["Defender Experts"],"detectorId":"d-1","#
        + #""evidence":[{"index":1,"type":"processEvidence","imageFile":{"fileSize":7},"#
        + #""parentProcessImageFile":{"fileName":"parent.exe"}}]}"#
    )
    #expect(try world.details(1).comments.map(\.comment) == ["hello"])
    #expect(try take(fields, world.device("d1"), process).unchanged == 1)
    #expect(try take(fields + #""incidentId":"9","#, world.device("d1"), process).updated == 1)
    #expect(try alert().additionalFields?.contains(#""incidentId":"9""#) == true)
  }

  @Test("an alert without more keeps nothing more") func nothing() throws {
    _ = try take("", world.device("d1"))
    #expect(try alert().additionalFields == nil)
  }
}
