import DetectionRules
import Testing

struct AttackListTests {
  @Test("techniques have names, tactics and successors") func techniques() throws {
    let shell = try #require(AttackList.technique("T1059.001"))
    #expect(shell.name == "PowerShell")
    #expect(shell.tactics == [.execution])
    #expect(shell.state == .current)
    #expect(AttackList.technique("T1086")?.state == .revoked(successor: "T1059.001"))
    #expect(AttackList.technique("T1043")?.state == .deprecated)
    #expect(AttackList.technique("T1078")?.tactics.count == 4)
    #expect(AttackList.technique("T0858")?.name == "Change Operating Mode")
    #expect(AttackList.technique("T9999") == nil)
    #expect(AttackList.title(of: "T1059.001") == "PowerShell (T1059.001)")
    #expect(AttackList.title(of: "T9999") == "T9999")
  }

  @Test("ids have one form") func form() {
    for id in ["T1059", "T1059.001", "T0858"] { #expect(AttackList.isWellFormed(id)) }
    let others = ["", "T", "t1059", "T105", "T1059.1", "T1059.0011", "T1059-001", "TA0001", "T１"]
    for text in others {
      #expect(!AttackList.isWellFormed(text), "\(text)")
    }
  }
}
