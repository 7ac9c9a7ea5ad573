import Columnar

extension ScalarFunction {
  /// JSON text to dynamic values and back.
  static let jsonConversionFamily: [ScalarFunction] = [parseJSON, dynamicToJSON]

  static let parseJSON = ScalarFunction(
    "parse_json",
    aliases: [
      .named("todynamic", signature: "value:string -> dynamic"),
      .obsolete("parsejson"),
      .obsolete("toobject", by: ["todynamic"], signature: "value:string -> dynamic"),
    ],
    "json_text:StringOrDynamic",
    naming: .firstArgument,
    "Reads JSON text; text that is no JSON becomes a dynamic text.",
    examples: [
      Example("print parse_json('{\"a\": [1, 2]}').a[1]", "2"),
      Example("print parse_json('not json')", "not json"),
    ],
    kernels: [
      ScalarKernel([.type(.dynamic)], result: .dynamic) { $0.arguments[0] },
      ScalarKernel([.type(.string)], result: .dynamic) { call in
        let rows = call.isConstant ? 1 : call.count
        let texts = TextReader(call.arguments[0])
        let builder = TextBuilder(
          type: .dynamic,
          capacity: rows,
          heapCapacity: call.arguments[0].textByteCount
        )
        var writer = DynamicWriter()
        for row in 0..<rows {
          writer.removeAll()
          if texts[row].count > 0 { JSONParser.parseOrKeep(texts[row].buffer, into: &writer) }
          try builder.append(&writer, call)
        }
        return call.widened(builder.finish())
      },
      ScalarKernel([.any], result: .dynamic) { $0.arguments[0].asDynamic() },
    ]
  )

  static let dynamicToJSON = ScalarFunction(
    "dynamic_to_json",
    "dynamic",
    "Prints a dynamic value as JSON with sorted keys.",
    examples: [
      Example("print dynamic_to_json(dynamic([1, \"a\", null]))", "[1,\"a\",null]"),
      Example("print dynamic_to_json(dynamic(7))", "7"),
    ],
    kernels: [
      ScalarKernel([.any], result: .string) { call in
        let rows = call.isConstant ? 1 : call.count
        let values = DynamicReader(call.arguments[0].asDynamic())
        let builder = TextBuilder(capacity: rows)
        var sink = ByteSink()
        for row in 0..<rows {
          sink.removeAll()
          let value = values[row]
          if !value.isNull { value.writeJSON(into: &sink, sortedNames: true) }
          if let start = sink.bytes.baseAddress {
            builder.append(TextView(base: start, count: sink.count))
          }
        }
        return call.widened(builder.finish())
      }
    ]
  )
}
