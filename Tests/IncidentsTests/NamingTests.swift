import DetectionRules
import Testing

@testable import Incidents

/// Names, classifications, filters and scores of incidents.
struct NamingTests {
  private func name(_ change: (inout IncidentName) -> Void) -> String {
    var name = IncidentName(titles: ["T"], alertCount: 2, categories: [])
    change(&name)
    return name.text
  }

  @Test("names follow what the alerts are") func names() {
    #expect(
      name {
        $0.alertCount = 3
        $0.categories = ["InitialAccess", "Execution", "Exfiltration"]
        $0.devices = 2
        $0.services = 2
      } == "Multi-stage incident on multiple endpoints reported by multiple sources"
    )
    #expect(
      name {
        $0.categories = ["InitialAccess", "CommandAndControl"]
        $0.devices = 2
        $0.services = 3
      }
        == "Multi-stage incident involving Initial access & Command and control on multiple "
        + "endpoints reported by multiple sources"
    )
    #expect(
      name {
        $0.alertCount = 1
        $0.devices = 1
        $0.services = 1
      } == "T on one endpoint"
    )
    #expect(
      name {
        $0.categories = ["LateralMovement"]
        $0.users = 2
      } == "Lateral movement incident involving multiple users"
    )
  }

  @Test("only legal pairs of classification and determination are read") func classifications()
    throws
  {
    #expect(
      try Classification(reading: "TruePositive/phishing").description
        == "truePositive/phishing"
    )
    #expect(try Classification(reading: "falsePositive/clean").determination == "notMalicious")
    #expect(throws: IncidentFailure.self) { try Classification("falsePositive", "malware") }
    #expect(throws: IncidentFailure.self) { try Classification("perhaps", nil) }
    for (classification, determinations) in Classification.determinations {
      for determination in determinations {
        let pair = try Classification(classification, determination)
        #expect(pair.determination == determination)
      }
    }
  }

  @Test("filters are written in one way and read back") func filters() throws {
    let text = "assignee=me status=active,inProgress severity>=medium tag=\"a \"\"b\"\", c\""
    let filter = try IncidentFilter(reading: text)
    #expect(try IncidentFilter(reading: filter.text) == filter)
    #expect(filter.terms.last?.values == ["a \"b\", c"])
    for wrong in ["colour=red", "severity=worse", "priority~9", "status>=active", "tag"] {
      #expect(throws: IncidentFailure.self) { try IncidentFilter(reading: wrong) }
    }
  }

  @Test("the score is the sum of its factors, at most 100") func scores() {
    var facts = PriorityScore.Facts(severity: .high, tactics: 3, services: 2, alerts: 5)
    #expect(PriorityScore(facts).score == 65 + 8 + 3 + 4)
    facts.isRansomware = true
    facts.hasCriticalAsset = true
    facts.devices = 9
    facts.tactics = 9
    #expect(PriorityScore(facts).score == 100)
    #expect(PriorityScore(PriorityScore.Facts(alerts: 1)).score == 5)
  }

  @Test("addresses of private networks and generic accounts link nothing") func keys() {
    #expect(PublicAddress.holds("203.0.113.7"))
    #expect(PublicAddress.holds("2001:db8::1"))
    for address in ["10.1.2.3", "192.168.1.1", "172.20.0.1", "100.64.0.1", "::1", "fe80::1", "x"] {
      #expect(!PublicAddress.holds(address))
    }
  }
}
