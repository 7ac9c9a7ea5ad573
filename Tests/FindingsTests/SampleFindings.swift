import Findings
import SourceText

/// Findings with what attackers write into names and texts.
enum SampleFindings {
  /// Controls, escape sequences, marks of XML and JSON, commands of workflows, bidi, a lone ':'
  /// with an accent.
  static let hostile = "a\u{1B}[31m\u{0}\u{FFFE}\"<&>'\r\n::error::]]>\u{202E}é😀\u{7F}\\:\u{301},%"

  static let source = SourceText("// é\nprint '𝄞é', nope\n")

  /// The place of `nope`, which stands behind a pair of surrogates.
  static var region: TextRegion { TextRegion(SourceSpan(22, 26), of: source) }

  /// A finding with everything there is.
  static func full(_ text: String = "m", file: String = "q/a.kql") -> Finding {
    var finding = Finding("HL009", .warning, text, file: file, at: region)
    finding.ruleName = "join-kind-missing"
    finding.help = text
    finding.related = [
      .init(text, file: file, at: region), .init(text, file: "other.yaml"),
    ]
    finding.fixes = [.init(text, region: region, replacement: text)]
    return finding
  }

  /// A finding with nothing but what each has.
  static func bare(_ code: String = "HR923", _ severity: Severity = .error) -> Finding {
    Finding(code, severity, "m", file: "a")
  }
}
