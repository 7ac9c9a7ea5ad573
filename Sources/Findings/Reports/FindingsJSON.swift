import SourceText

/// Writes findings as JSON; offsets are bytes, columns UTF-16 code units.
public enum FindingsJSON {
  /// One object with the findings of all files, one a line.
  public static func document(_ files: [CheckedFile]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.write("files", files.count)
      json.array("findings") { json in
        for finding in files.flatMap(\.findings) {
          json.endLine()
          write(finding, to: &json)
        }
        json.endLine()
      }
    }
    json.endLine()
    return json.bytes()
  }

  /// One finding, as the next value.
  public static func write(_ finding: Finding, to json: inout JSONWriter) {
    json.object { json in
      json.write("file", finding.file)
      write(finding.region, to: &json)
      json.write("code", finding.code)
      if let name = finding.ruleName { json.write("rule", name) }
      json.write("severity", finding.severity.rawValue)
      json.write("message", finding.message)
      if let help = finding.help { json.write("help", help) }
      if !finding.related.isEmpty { json.array("related", finding.related, write) }
      json.array("fixes", finding.fixes, write)
    }
  }

  private static func write(_ place: Finding.Place, to json: inout JSONWriter) {
    json.object { json in
      json.write("message", place.message)
      json.write("file", place.file)
      write(place.region, to: &json)
    }
  }

  private static func write(_ fix: Finding.Fix, to json: inout JSONWriter) {
    json.object { json in
      json.write("message", fix.message)
      write(fix.region, to: &json)
      json.write("replacement", fix.replacement)
    }
  }

  /// The members of a place; none for a whole file.
  private static func write(_ region: TextRegion?, to json: inout JSONWriter) {
    guard let region else { return }
    json.write("line", region.startLine)
    json.write("column", region.startColumn)
    json.write("endLine", region.endLine)
    json.write("endColumn", region.endColumn)
    json.write("start", region.span.start)
    json.write("end", region.span.end)
  }
}
