import Columnar
import Testing

@testable import Detections

/// Who runs next where more is due than one look takes.
struct TenantTurnsTests {
  private func request(_ tenant: String, _ rule: Int, due: Int64 = 1) -> RunRequest {
    RunRequest(
      tenant: tenant,
      rule: "r\(rule)",
      cause: .scheduled,
      due: DateTime(ticks: due),
      start: DateTime(ticks: 0)
    )
  }

  private func names(_ requests: [RunRequest]) -> [String] {
    requests.map { $0.tenant + $0.rule }
  }

  @Test("turns are of several runs, the oldest first, and go round from look to look")
  func rounds() {
    var turns = TenantTurns(turn: 2)
    var waiting = ["a", "b", "c"].flatMap { tenant in (0..<5).map { request(tenant, $0) } }
    waiting.append(request("b", 9, due: 0))
    var looks: [[String]] = []
    while !waiting.isEmpty {
      let chosen = turns.next(waiting, most: 4)
      waiting.removeAll { chosen.contains($0) }
      looks.append(names(chosen))
    }
    #expect(
      looks == [
        ["br9", "br0", "ar0", "ar1"], ["cr0", "cr1", "br1", "br2"], ["ar2", "ar3", "cr2", "cr3"],
        ["br3", "br4", "ar4", "cr4"],
      ]
    )
  }

  @Test("a tenant with little is not kept waiting by one that always has more")
  func steady() {
    var turns = TenantTurns(turn: 32)
    let many = (0..<500).map { request("big", $0, due: 0) }
    var waits = 0
    for look in 0..<20 {
      let chosen = turns.next(many + [request("small", look, due: 5)], most: 64)
      #expect(chosen.count == 64)
      if !chosen.contains(where: { $0.tenant == "small" }) { waits += 1 }
    }
    #expect(waits == 0)
    var one = TenantTurns(turn: 32)
    let looks = (0..<4).map { look in
      one.next(many + (look > 0 ? [request("small", look)] : []), most: 32).map(\.tenant)
    }
    #expect(looks.map(\.first) == ["big", "small", "small", "small"])
    for look in looks.dropFirst() {
      #expect(look.count(where: { $0 == "big" }) == 31)
    }
  }

  @Test("what is chosen is what is there, each once")
  func whole() {
    var turns = TenantTurns(turn: 3)
    let waiting = (0..<17).map { request("t\($0 % 4)", $0, due: Int64($0 * 7 % 5)) }
    let chosen = turns.next(waiting, most: 100)
    #expect(names(chosen).sorted() == names(waiting).sorted())
    #expect(turns.next([], most: 5).isEmpty)
    #expect(turns.next(waiting, most: 0).isEmpty)
  }
}
