import Columnar
public import Execution

/// Prints what the operators of an analysed query did, as people or other programs read it.
public struct AnalysisText {
  private let analysis: QueryAnalysis
  private let budget: QueryBudget
  /// Wall seconds of the whole query.
  private let seconds: Double

  public init(_ analysis: QueryAnalysis, budget: QueryBudget, seconds: Double) {
    self.analysis = analysis
    self.budget = budget
    self.seconds = seconds
  }

  // MARK: For people

  /// A line an operator, inputs below: rows that came out, CPU time of the operator itself, and
  /// memory that it keeps; below a scan what it read and left out.
  public var lines: [String] {
    var lines = [Self.row("rows", "CPU ms", "MiB held", "operator")]
    for root in analysis.roots { add(root, depth: 0, to: &lines) }
    lines.append(
      "\(Self.fixed(seconds * 1000, 1)) ms, at most \(Self.mebibytes(budget.peakBytes)) MiB held, "
        + "\(Self.mebibytes(budget.spilledBytes)) MiB put aside on disk"
    )
    return lines
  }

  private func add(_ node: OperatorMeasure, depth: Int, to lines: inout [String]) {
    let indent = String(repeating: "  ", count: depth)
    lines.append(
      Self.row(
        String(node.rows),
        Self.fixed(node.seconds * 1000, 2),
        Self.mebibytes(node.heldBytes),
        indent + node.title
      )
    )
    if let scan = node.scan {
      lines.append(Self.row("", "", "", indent + "  " + Self.describe(scan)))
    }
    if node.spilledBytes > 0 {
      let text = "\(Self.mebibytes(node.spilledBytes)) MiB put aside on disk"
      lines.append(Self.row("", "", "", indent + "  " + text))
    }
    for input in node.inputs { add(input, depth: depth + 1, to: &lines) }
  }

  private static func describe(_ scan: ScanMeasure) -> String {
    let (outside, valueless) = (scan.blocksOutside, scan.blocksWithoutValue)
    let (beaten, looked) = (scan.blocksBeaten, scan.blocks)
    let opened = scan.segments - scan.segmentsOutside - scan.segmentsWithoutTerm
    return "read \(looked - outside - valueless - beaten) of \(looked) blocks in "
      + "\(opened) of \(scan.segments) segments; left out "
      + "\(outside) by bounds, \(valueless) by values, \(beaten) by top; "
      + "\(mebibytes(scan.decodedBytes)) MiB decoded"
  }

  private static func row(_ rows: String, _ time: String, _ held: String, _ title: String) -> String
  {
    pad(rows, 12) + pad(time, 12) + pad(held, 10) + "  " + title
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  private static func mebibytes(_ bytes: Int) -> String {
    fixed(Double(bytes) / Double(1 << 20), 1)
  }

  private static func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = digits == 1 ? 10.0 : 100.0
    let scaled = Int((value * scale).rounded())
    let rest = String(scaled % Int(scale))
    let zeros = String(repeating: "0", count: digits - rest.count)
    return "\(scaled / Int(scale)).\(zeros)\(rest)"
  }

  // MARK: For programs

  /// One JSON object: `seconds`, `peakBytes`, `spilledBytes` and the tree of `operators`.
  public var json: [UInt8] {
    var sink = ByteSink(capacity: 1024)
    sink.append(text: "{\"seconds\":")
    sink.append(real: seconds)
    sink.append(text: ",\"peakBytes\":\(budget.peakBytes)")
    sink.append(text: ",\"spilledBytes\":\(budget.spilledBytes),\"operators\":")
    append(analysis.roots, to: &sink)
    sink.append(text: "}\n")
    return sink.array()
  }

  private func append(_ nodes: [OperatorMeasure], to sink: inout ByteSink) {
    sink.append(text: "[")
    for (index, node) in nodes.enumerated() {
      sink.append(text: index > 0 ? ",{\"operator\":" : "{\"operator\":")
      JSONText.append(node.title, to: &sink)
      sink.append(text: ",\"rows\":\(node.rows),\"batches\":\(node.batches),\"cpuSeconds\":")
      sink.append(real: node.seconds)
      sink.append(text: ",\"heldBytes\":\(node.heldBytes),\"spilledBytes\":\(node.spilledBytes)")
      if let scan = node.scan { append(scan, to: &sink) }
      sink.append(text: ",\"inputs\":")
      append(node.inputs, to: &sink)
      sink.append(text: "}")
    }
    sink.append(text: "]")
  }

  private func append(_ scan: ScanMeasure, to sink: inout ByteSink) {
    sink.append(text: ",\"scan\":{\"segments\":\(scan.segments)")
    sink.append(text: ",\"segmentsOutside\":\(scan.segmentsOutside)")
    sink.append(text: ",\"segmentsWithoutTerm\":\(scan.segmentsWithoutTerm)")
    sink.append(text: ",\"blocks\":\(scan.blocks)")
    sink.append(text: ",\"blocksOutside\":\(scan.blocksOutside)")
    sink.append(text: ",\"blocksWithoutValue\":\(scan.blocksWithoutValue)")
    sink.append(text: ",\"blocksBeaten\":\(scan.blocksBeaten)")
    sink.append(text: ",\"decodedBytes\":\(scan.decodedBytes)}")
  }
}
