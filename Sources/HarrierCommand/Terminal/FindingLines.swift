import FileAccess
import SourceText

extension Console {
  /// Tells how much was found.
  ///
  /// - Parameter fixable: how many of the findings `--fix` would mend.
  func tell(findings: Int, files: Int, fixable: Int) {
    let found = "\(findings) \(findings == 1 ? "finding" : "findings")"
    let read = "\(files) \(files == 1 ? "file" : "files")"
    note("\(found) in \(read)" + (fixable > 0 ? ", \(fixable) of them for --fix" : ""))
  }

  /// Writes lines of differences as they are, or safely where a person looks at them.
  func showDifferences(_ lines: [[UInt8]]) throws {
    let isTerminal = Terminal.isTerminal(.output)
    for line in lines {
      let shown = isTerminal ? Array(TerminalText(line).text.utf8) : line
      try write(shown + [0x0A])
    }
  }
}
