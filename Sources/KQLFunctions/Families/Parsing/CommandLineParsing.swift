import Columnar

extension ScalarFunction {
  static let commandLineFamily: [ScalarFunction] = [parseCommandLine, parseCSV]

  static let parseCommandLine = ScalarFunction(
    "parse_command_line",
    "command parser:string",
    "Splits a command line into arguments, by the rules of the one parser \"windows\".",
    examples: [
      Example(
        "print parse_command_line(\"echo \\\"hello world!\\\"\", \"windows\")",
        "[\"echo\",\"hello world!\"]"
      ),
      Example("print parse_command_line(\"a  b\", \"windows\")", "[\"a\",\"b\"]"),
    ],
    kernels: [
      ScalarKernel([.type(.string), .type(.string)], result: .dynamic) { call in
        let commands = TextReader(call.arguments[0])
        let parsers = TextReader(call.arguments[1])
        return try liftDynamic(call) { row, writer in
          guard parsers[row].isEqual("windows") else {
            throw QueryFailure(
              .evaluation,
              "parse_command_line knows the parser \"windows\" only",
              range: call.site.range
            )
          }
          writer.beginArray()
          var line = CommandLine(commands[row])
          while let argument = line.next() { writer.append(string: argument) }
          writer.endArray()
        }
      }
    ].withAnyScalar
  )

  static let parseCSV = ScalarFunction(
    "parse_csv",
    "csv_text:StringOrDynamic",
    naming: .firstArgument,
    "Splits the first record of comma-separated text into an array.",
    examples: [
      Example("print parse_csv('aa,\"b,b\",cc')", "[\"aa\",\"b,b\",\"cc\"]"),
      Example("print parse_csv('a,\"say \"\"b\"\"\"')", "[\"a\",\"say \\\"b\\\"\"]"),
    ],
    kernels: [
      .dynamic { (text: TextView, writer: inout DynamicWriter) in
        writer.beginArray()
        var record = CSVRecord(text)
        while let field = record.next() { writer.append(string: field) }
        writer.endArray()
      }
    ]
  )
}

/// The arguments of a command line as Windows programs see them.
///
/// The program name ends at a quote or blank, backslashes in it mean nothing. In what follows,
/// backslashes before a quote escape each other and it, and a doubled quote within quotes is one.
private struct CommandLine {
  private let text: TextView
  private var offset = 0
  private var isProgram = true

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  init(_ text: TextView) { self.text = text }

  private var byte: UInt8? { offset < text.count ? text[offset] : nil }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  mutating func next() -> [UInt8]? {
    while let byte, Self.isBlank(byte) { offset += 1 }
    guard byte != nil else { return nil }
    if isProgram {
      isProgram = false
      return program()
    }
    return argument()
  }

  private mutating func program() -> [UInt8] {
    var name: [UInt8] = []
    var isQuoted = false
    while let byte, isQuoted || !Self.isBlank(byte) {
      if byte == Self.quote { isQuoted.toggle() } else { name.append(byte) }
      offset += 1
    }
    return name
  }

  private mutating func argument() -> [UInt8] {
    var value: [UInt8] = []
    var isQuoted = false
    while let byte, isQuoted || !Self.isBlank(byte) {
      if byte == Self.backslash {
        appendBackslashes(to: &value, &isQuoted)
        continue
      }
      offset += 1
      guard byte == Self.quote else {
        value.append(byte)
        continue
      }
      if isQuoted, self.byte == Self.quote {
        value.append(Self.quote)
        offset += 1
      } else {
        isQuoted.toggle()
      }
    }
    return value
  }

  private mutating func appendBackslashes(to value: inout [UInt8], _ isQuoted: inout Bool) {
    var count = 0
    while byte == Self.backslash {
      count += 1
      offset += 1
    }
    guard byte == Self.quote else {
      value += Array(repeating: Self.backslash, count: count)
      return
    }
    value += Array(repeating: Self.backslash, count: count / 2)
    if count % 2 == 1 {
      value.append(Self.quote)
      offset += 1
    }
  }
}

/// The fields of the first record of comma-separated text.
private struct CSVRecord {
  private let text: TextView
  private var offset = 0
  private var isDone = false

  init(_ text: TextView) { self.text = text }

  mutating func next() -> [UInt8]? {
    if isDone { return nil }
    var field: [UInt8] = []
    var isQuoted = false
    while offset < text.count {
      let byte = text[offset]
      offset += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          field.append(byte)
          continue
        }
        if offset < text.count, text[offset] == UInt8(ascii: "\"") {
          field.append(byte)
          offset += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        return field
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        break
      } else {
        field.append(byte)
      }
    }
    isDone = true
    return field
  }
}
