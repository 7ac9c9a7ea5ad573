import Linting
import SourceText
import Testing

/// Comments that silence rules.
struct SuppressionTests {
  private static let query = "DeviceInfo | join (DeviceNetworkInfo) on DeviceId | count"

  @Test("a comment reaches its own line, or the next where it stands alone") func lines() {
    let query = Self.query
    #expect(Lint.codes(query) == ["HL009"])
    #expect(Lint.codes("\(query) // harrier-lint: disable=HL009 seen") == [])
    #expect(Lint.codes("// harrier-lint: disable=HL009\n\(query)") == [])
    #expect(Lint.codes("//harrier-lint:disable=join-kind-missing\n// why\n\(query)") == [])
    #expect(Lint.codes("\n// harrier-lint: disable=all\n\n\(query)") == [])
    #expect(Lint.codes("// harrier-lint: disable=HL009\nprint 1;\n\(query)") == ["HL020", "HL009"])
  }

  @Test("a comment for the file reaches all of it, wherever it is") func file() {
    let query = Self.query
    let comment = "// harrier-lint: disable-file=HL009,HL001"
    #expect(Lint.codes("\(query);\n\(query)\n\(comment)") == ["HL020"])
    #expect(Lint.codes("// harrier-lint: disable-file=all\n\(query);\n\(query)") == [])
  }

  @Test("what silences nothing or names no rule is found") func remarks() {
    #expect(Lint.codes("// harrier-lint: disable=HL006\nprint 1") == ["HL020"])
    #expect(Lint.codes("// harrier-lint: disable=HL999,nothing\nprint 1") == ["HL021", "HL021"])
    #expect(Lint.codes("// harrier-lint: disable\nprint 1") == [])
    #expect(Lint.codes("print '// harrier-lint: disable=HL006'") == [])
  }

  @Test("errors of the language are not silenced") func errors() {
    let findings = Lint.findings("// harrier-lint: disable=all\nDeviceInfo | where Nonsense == 1")
    #expect(findings.contains { $0.diagnostic.code == "KS142" })
  }

  @Test("a comment for a rule that is not applied is left alone") func otherRules() throws {
    let text = "// harrier-lint: disable=HL006\nprint 1"
    let rules = LintRule.all.filter { $0.code != "HL006" }
    #expect(Lint.findings(text, rules: rules).isEmpty)
  }
}
