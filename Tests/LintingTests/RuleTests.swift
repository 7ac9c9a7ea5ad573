import Linting
import SourceText
import Testing

/// Every rule against its own examples and against queries that it must leave alone.
struct RuleTests {
  @Test("codes and names are unique and well formed") func names() {
    #expect(Set(LintRule.all.map(\.code)).count == LintRule.all.count)
    #expect(Set(LintRule.all.map(\.name)).count == LintRule.all.count)
    for (index, rule) in LintRule.all.enumerated() {
      let digits = String(index + 1)
      #expect(rule.code == "HL" + String(repeating: "0", count: 3 - digits.count) + digits)
      #expect(LintRule.named(rule.name.uppercased())?.code == rule.code)
      #expect(LintRule.named(rule.code.lowercased())?.name == rule.name)
    }
  }

  @Test("a rule finds something in its bad example and nothing in its good one")
  func examples() {
    for rule in LintRule.all {
      #expect(Lint.codes(rule.bad).contains(rule.code), "\(rule.code) in \(rule.bad)")
      #expect(!Lint.codes(rule.good).contains(rule.code), "\(rule.code) in \(rule.good)")
      let errors = Lint.findings(rule.good).filter { $0.diagnostic.severity == .error }
      #expect(errors.isEmpty, "\(rule.code): \(errors)")
    }
  }

  @Test("a comment silences the rule at its place", arguments: LintRule.all.map(\.code))
  func silenced(_ code: String) throws {
    let rule = try #require(LintRule.named(code))
    // Comments about comments cannot silence themselves.
    if code == "HL020" || code == "HL021" { return }
    #expect(!Lint.codes("// harrier-lint: disable-file=\(code)\n" + rule.bad).contains(code))
    #expect(!Lint.codes("// harrier-lint: disable-file=\(rule.name)\n" + rule.bad).contains(code))
  }

  @Test("fix-its change the text as said", arguments: fixes)
  func fixed(_ fix: Fix) {
    #expect(Lint.fixed(fix.before, by: fix.code) == fix.after)
    let errors = Lint.findings(fix.after).filter { $0.diagnostic.severity == .error }
    #expect(errors.isEmpty, "\(fix.after): \(errors)")
  }

  @Test("a rule says nothing where it does not know or is not meant", arguments: negatives)
  func quiet(_ negative: Negative) {
    #expect(!Lint.codes(negative.query).contains(negative.code), "\(negative.query)")
  }

  @Test("the tables of a union without time filter are one finding") func unionOnce() {
    let query = "union DeviceEvents, (DeviceFileEvents), DeviceInfo | count"
    #expect(Lint.codes(query) == ["HL001", "HL001"])
    #expect(Lint.codes("union DeviceEvents, DeviceFileEvents, DeviceInfo | count") == ["HL001"])
  }

  struct Fix: Sendable, CustomTestStringConvertible {
    let code: String
    let before: String
    let after: String
    var testDescription: String { "\(code) \(before)" }

    init(_ code: String, _ before: String, _ after: String) {
      self.code = code
      self.before = before
      self.after = after
    }
  }

  struct Negative: Sendable, CustomTestStringConvertible {
    let code: String
    let query: String
    var testDescription: String { "\(code) \(query)" }

    init(_ code: String, _ query: String) {
      self.code = code
      self.query = query
    }
  }

  static let fixes: [Fix] = [
    Fix(
      "HL002",
      #"DeviceEvents | where FolderPath contains @"\Temp\" and FileName !contains " a.exe ""#,
      #"DeviceEvents | where FolderPath has @"\Temp\" and FileName !has " a.exe ""#
    ),
    Fix(
      "HL004",
      #"DeviceEvents | where tolower(FileName) == "cmd.exe" or toupper(FileName) != "A""#,
      #"DeviceEvents | where FileName =~ "cmd.exe" or FileName !~ "A""#
    ),
    Fix(
      "HL004",
      #"DeviceEvents | where tolower(FileName) in ("a", "b") or tolower(FileName) has "c""#,
      #"DeviceEvents | where FileName in~ ("a", "b") or FileName has "c""#
    ),
    Fix(
      "HL004",
      "DeviceEvents | where tolower(FileName) == tolower(DeviceName)",
      "DeviceEvents | where FileName =~ DeviceName"
    ),
    Fix(
      "HL005",
      "// lists\nlet a = 1; // old\nlet b = a;\nDeviceEvents | take 5",
      "// lists\nDeviceEvents | take 5"
    ),
    Fix("HL005", "let a = 1; let b = 2; print b", "let b = 2; print b"),
    Fix(
      "HL005",
      "let f = (x: long) { let unused = 3; x + 1 }; print f(1)",
      "let f = (x: long) { x + 1 }; print f(1)"
    ),
    Fix(
      "HL008",
      #"DeviceEvents | where FileName matches regex @"^a\.b" or FileName matches regex "(?i)q c""#,
      #"DeviceEvents | where FileName startswith_cs "a.b" or FileName contains "q c""#
    ),
    Fix(
      "HL008",
      #"DeviceEvents | where FileName matches regex @".*\\x.*" or FileName matches regex "a$""#,
      #"DeviceEvents | where FileName contains_cs @"\x" or FileName endswith_cs "a""#
    ),
    Fix(
      "HL009",
      "DeviceInfo | join(DeviceEvents) on DeviceId",
      "DeviceInfo | join kind=innerunique(DeviceEvents) on DeviceId"
    ),
    Fix(
      "HL010",
      "AADSignInEventsBeta | project Application",
      "EntraIdSignInEvents | project Application"
    ),
    Fix("HL010", "AADSignInEventsBeta | take 5", "AADSignInEventsBeta | take 5"),
    Fix(
      "HL011",
      "EmailEvents | where FinalEmailAction == 'a'",
      "EmailEvents | where EmailAction == 'a'"
    ),
    Fix(
      "HL013",
      #"DeviceEvents | where FileName !in ("a") and FolderPath has_any ("b")"#,
      #"DeviceEvents | where FileName != "a" and FolderPath has "b""#
    ),
    Fix(
      "HL014",
      "DeviceLogonEvents | where IsLocalAdmin == true or (IsLocalAdmin == false and LogonId > 1)",
      "DeviceLogonEvents | where IsLocalAdmin or (not(IsLocalAdmin) and LogonId > 1)"
    ),
    Fix(
      "HL015",
      "DeviceEvents | summarize count() by FileName | where FileName has 'a'",
      "DeviceEvents | where FileName has 'a' | summarize count() by FileName"
    ),
    Fix(
      "HL016",
      "DeviceEvents | sort by Timestamp | summarize dcount(FileName) by DeviceId",
      "DeviceEvents | summarize dcount(FileName) by DeviceId"
    ),
  ]

  static let negatives: [Negative] = [
    Negative("HL001", "DeviceEvents | where Timestamp > ago(1d) | count"),
    Negative("HL001", "DeviceEvents | where FileName has 'a' | where Timestamp > ago(1d) | count"),
    Negative("HL001", "DeviceEvents | extend T = bin(Timestamp, 1h) | where T > ago(1d) | count"),
    Negative("HL001", "DeviceEvents | take 10"),
    Negative("HL001", "DeviceEvents | summarize arg_max(Timestamp, *) by DeviceId"),
    Negative("HL001", "DeviceInfo | summarize count() by OSPlatform"),
    Negative("HL001", "DeviceTvmSoftwareInventory | summarize count() by SoftwareName"),
    Negative("HL001", "datatable(Timestamp: datetime) [] | count"),
    Negative("HL001", "let E = DeviceEvents; E | where Timestamp > ago(1d) | count"),
    Negative("HL001", "union DeviceEvents, DeviceFileEvents | where Timestamp > ago(1d) | count"),
    Negative("HL001", "DeviceEvents | where ingestion_time() > ago(1d) | count"),
    Negative(
      "HL001",
      "DeviceEvents | make-series count() on Timestamp from ago(7d) to now() step 1h"
    ),
    Negative("HL002", #"DeviceEvents | where FileName contains "mimikatz""#),
    Negative("HL002", #"DeviceEvents | where FileName contains ".""#),
    Negative("HL003", #"DeviceEvents | where tostring(AdditionalFields) contains "abc""#),
    Negative("HL003", #"DeviceEvents | where FileName contains "ab""#),
    Negative("HL004", #"DeviceEvents | where tolower(FileName) has DeviceName"#),
    Negative("HL004", #"DeviceEvents | where tolower(FileName) matches regex "a""#),
    Negative("HL004", #"DeviceEvents | extend x = tolower(FileName)"#),
    Negative("HL005", "let a = 1;"),
    Negative("HL005", "let V = view () { DeviceEvents }; union * | count"),
    Negative("HL006", #"search in (DeviceEvents) "a""#),
    Negative("HL006", #"DeviceEvents | search "a""#),
    Negative("HL007", "union Device* | count"),
    Negative("HL008", #"DeviceEvents | where FileName matches regex @"a\d+""#),
    Negative("HL008", #"DeviceEvents | where FileName matches regex "ab?""#),
    Negative("HL008", #"DeviceEvents | where FileName matches regex "^a|b""#),
    Negative("HL008", #"DeviceEvents | where FileName matches regex "a|b$""#),
    Negative("HL008", #"DeviceEvents | where FileName matches regex @"\bab""#),
    Negative("HL008", #"DeviceEvents | where FileName matches regex "(a|b){2}""#),
    Negative("HL009", "DeviceInfo | join kind = inner (DeviceEvents) on DeviceId"),
    Negative("HL010", "let AADSignInEventsBeta = DeviceEvents; AADSignInEventsBeta | take 1"),
    Negative("HL012", #"DeviceEvents | where ActionType in ("UsbDriveMount", "UsbDriveMounted")"#),
    Negative("HL013", #"DeviceEvents | where FileName in ("a", "b")"#),
    Negative("HL013", "let L = dynamic(['a']); DeviceEvents | where FileName in (L)"),
    Negative("HL013", #"DeviceEvents | where ProcessId in (4)"#),
    Negative("HL014", "DeviceEvents | where AdditionalFields.x == true"),
    Negative("HL014", "DeviceLogonEvents | extend x = IsLocalAdmin == false"),
    Negative("HL014", "DeviceLogonEvents | where not(IsLocalAdmin == false)"),
    Negative("HL015", "DeviceEvents | summarize n = count() by FileName | where n > 1"),
    Negative("HL015", "DeviceEvents | summarize count() by F = FileName | where F has 'a'"),
    Negative(
      "HL015",
      "let L = datatable(x: string) []; DeviceEvents | summarize count() by FileName "
        + "| where FileName in (L)"
    ),
    Negative("HL016", "DeviceEvents | sort by Timestamp | summarize make_list(FileName)"),
    Negative("HL016", "DeviceEvents | sort by Timestamp | extend p = prev(FileName)"),
    Negative("HL017", "DeviceEvents | sort by Timestamp | take 5 | summarize count()"),
    Negative("HL017", "DeviceEvents | where FileName has 'a' | take 5 | project FileName"),
    Negative("HL018", #"DeviceEvents | where ActionType == "UsbDriveMounted""#),
    Negative("HL018", #"DeviceEvents | where FileName == "123""#),
    Negative("HL019", "DeviceEvents | where FileName has 'a' | take 10"),
    Negative("HL019", "DeviceTvmSoftwareInventory | where SoftwareName has 'a'"),
  ]
}
