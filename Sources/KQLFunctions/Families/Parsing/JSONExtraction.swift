import Columnar

extension ScalarFunction {
  static let jsonExtractionFamily: [ScalarFunction] = [extractJSON]

  static let extractJSON = ScalarFunction(
    "extract_json",
    aliases: ["extractjson"],
    """
    jsonPath:string@Constant jsonText:string -> string
    | jsonPath:string@Constant jsonText:string type:type@Literal -> ParameterNLiteral
    """,
    "Returns the value at a path such as `$.a.b[0]` of JSON text.",
    examples: [
      Example("print extract_json(\"$.name\", '{\"name\": \"John\", \"age\": 30}')", "John"),
      Example("print extract_json(\"$.age\", '{\"age\": 30}', typeof(long))", "30"),
    ],
    kernels: [
      ScalarKernel([.type(.string), .type(.string)], result: .string) { call in
        let values = try jsonValues(call).stringified(call)
        return try values.parsed(as: call.resultType, call)
      }
    ]
  )
}

/// The values at the paths, null where there is none or the text is no JSON.
private func jsonValues(_ call: KernelCall) throws -> Vector {
  let paths = TextReader(call.arguments[0])
  let texts = TextReader(call.arguments[1])
  let dynamics = KernelCall(
    arguments: call.arguments,
    count: call.count,
    resultType: .dynamic,
    site: call.site
  )
  return try liftDynamic(dynamics) { row, writer in
    var document = DynamicWriter(capacity: texts[row].count)
    guard let path = JSONPath(paths[row]), JSONParser.parse(texts[row].buffer, into: &document)
    else { return }
    if let found = path.value(in: document.view()) { writer.append(found) }
  }
}

/// A path of keys and positions, such as `$.a['b'][0]`.
private struct JSONPath {
  private enum Step {
    case key([UInt8])
    case position(Int)
  }

  private var steps: [Step] = []

  /// Reads a path; nil for what is none.
  init?(_ text: TextView) {
    guard text.hasPrefix("$") else { return nil }
    var offset = 1
    while offset < text.count {
      guard
        let end = text[offset] == UInt8(ascii: "[")
          ? bracket(text, offset) : name(text, offset)
      else { return nil }
      offset = end
    }
  }

  private mutating func name(_ text: TextView, _ start: Int) -> Int? {
    guard text[start] == UInt8(ascii: ".") else { return nil }
    var end = start + 1
    while end < text.count, text[end] != UInt8(ascii: "."), text[end] != UInt8(ascii: "[") {
      end += 1
    }
    guard end > start + 1 else { return nil }
    steps.append(.key(text.part(start + 1, end).bytes))
    return end
  }

  private mutating func bracket(_ text: TextView, _ start: Int) -> Int? {
    guard let close = text.firstOffset(ofByte: UInt8(ascii: "]"), from: start) else { return nil }
    let inner = text.part(start + 1, close)
    if let position = inner.decimalNumber {
      steps.append(.position(position))
    } else {
      guard inner.count >= 2, inner[0] == inner[inner.count - 1],
        inner[0] == UInt8(ascii: "'") || inner[0] == UInt8(ascii: "\"")
      else { return nil }
      steps.append(.key(inner.part(1, inner.count - 1).bytes))
    }
    return close + 1
  }

  func value(in document: DynamicView) -> DynamicView? {
    var found = document
    for step in steps {
      let next =
        switch step {
        case .key(let key): key.withUnsafeBufferPointer { found.member(named: $0) }
        case .position(let position): found.element(at: position)
        }
      guard let next else { return nil }
      found = next
    }
    return found
  }
}
