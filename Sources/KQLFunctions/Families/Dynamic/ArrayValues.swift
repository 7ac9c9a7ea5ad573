import Columnar

// Functions that look at the values of arrays, and that make arrays.

extension ScalarFunction {
  static let arrayValueFamily: [ScalarFunction] = [
    arraySum, arrayIndexOf, arrayIff, packArray, repeatValue, zipArrays, treePath,
  ]

  static let arraySum = ScalarFunction(
    "array_sum",
    "array:DynamicArray",
    replacedBy: ["series_sum"],
    "Adds up the numbers of an array; null where one is no number.",
    examples: [
      Example("print array_sum(dynamic([1, 2.5]))", "3.5"),
      Example("print array_sum(dynamic([1, \"a\"]))", "null"),
    ],
    kernels: [
      .map { (array: DynamicView) -> Double? in
        guard array.kind == .array else { return nil }
        var sum = 0.0
        for element in array.elements {
          guard let number = element.number else { return nil }
          sum += number
        }
        return sum
      }
    ]
  )

  static let arrayIndexOf = ScalarFunction(
    "array_index_of",
    "array:DynamicArray value start? length? occurrence@Constant?",
    "Finds the position of a value in an array, -1 where it is missing.",
    examples: [
      Example("print array_index_of(dynamic([\"a\", \"b\", \"a\"]), \"b\")", "1"),
      Example("print array_index_of(dynamic([\"a\", \"b\", \"a\"]), \"a\", 1)", "2"),
    ],
    kernels: [
      .viewing(
        [.type(.dynamic), .any, .type(.long), .type(.long), .type(.long)],
        minimumCount: 2
      ) { arguments -> Int64? in indexOf(arguments) }
    ]
  )

  private static func indexOf(_ arguments: DynamicArguments) -> Int64? {
    let array = arguments[0]
    guard array.kind == .array else { return nil }
    let start = array.position(arguments.count > 2 ? arguments.long(2) ?? 0 : 0)
    let length = arguments.count > 3 ? arguments.long(3) ?? -1 : -1
    var occurrence = arguments.count > 4 ? arguments.long(4) ?? 1 : 1
    let end = length < 0 ? array.count : min(array.count, Int(clamping: Int64(start) &+ length))
    var index = start
    while index < end {
      if let element = array.element(at: index), element.isSame(as: arguments[1]) {
        occurrence -= 1
        if occurrence <= 0 { return Int64(index) }
      }
      index += 1
    }
    return -1
  }

  static let arrayIff = ScalarFunction(
    "array_iff",
    aliases: [.hidden("array_iif")],
    "condition_array:DynamicArray when_true when_false -> Custom",
    "Chooses from two arrays or values, element by element, by an array of conditions.",
    examples: [
      Example(
        "print array_iff(dynamic([true, false]), dynamic([1, 2]), dynamic([3, 4]))",
        "[1,4]"
      ),
      Example("print array_iff(dynamic([1, 0, \"x\"]), 7, 8)", "[7,8,null]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .any, .any]) { arguments, writer in
        let conditions = arguments[0]
        guard conditions.kind == .array else { return }
        writer.beginArray()
        for (index, condition) in conditions.elements.enumerated() {
          guard let holds = condition.bool ?? condition.number.map({ $0 != 0 }) else {
            writer.appendNull()
            continue
          }
          let source = holds ? arguments[1] : arguments[2]
          writer.append(source.kind == .array ? source.element(at: index) ?? .null : source)
        }
        writer.endArray()
      }
    ]
  )

  static let packArray = ScalarFunction(
    "pack_array",
    "value:Scalar*1... -> Custom | value:Scalar@StarOnly -> Custom",
    "Makes an array of its arguments.",
    examples: [
      Example("print pack_array(1, 2, 3)", "[1,2,3]"),
      Example("print pack_array(1, long(null))", "[1,null]"),
    ],
    kernels: [
      .dynamic([.any], minimumCount: 0, isVariadic: true) { arguments, writer in
        writer.beginArray()
        for index in 0..<arguments.count { writer.append(arguments[index]) }
        writer.endArray()
      }
    ]
  )

  static let repeatValue = ScalarFunction(
    "repeat",
    "value count:long -> Parameter0Array",
    naming: .prefixed("repeat"),
    "Makes an array of a value many times over.",
    examples: [
      Example("print repeat(1, 3)", "[1,1,1]"),
      Example("print repeat(1, 0)", "[]"),
    ],
    kernels: [
      .dynamic([.any, .type(.long)]) { arguments, writer in
        guard let count = arguments.long(1), count >= 0 else { return }
        writer.beginArray()
        for _ in 0..<min(count, Int64(CollectionRule.maximum)) { writer.append(arguments[0]) }
        writer.endArray()
      }
    ]
  )

  static let zipArrays = ScalarFunction(
    "zip",
    "array:DynamicArray*2...64",
    "Makes an array of arrays: the first elements of all, the second ones, and so on.",
    examples: [
      Example("print zip(dynamic([1, 2]), dynamic([3, 4]))", "[[1,3],[2,4]]"),
      Example("print zip(dynamic([1, 2]), dynamic([3]))", "[[1,3],[2,null]]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.dynamic)], minimumCount: 2, isVariadic: true) {
        arguments,
        writer in
        let arrays = arguments.all
        guard arrays.contains(where: { $0.kind == .array }) else { return }
        writer.beginArray()
        for index in 0..<arrays.reduce(0, { max($0, $1.kind == .array ? $1.count : 0) }) {
          writer.beginArray()
          for array in arrays { writer.append(array.element(at: index) ?? .null) }
          writer.endArray()
        }
        writer.endArray()
      }
    ]
  )

  static let treePath = ScalarFunction(
    "treepath",
    "object:DynamicBag",
    naming: .prefixed("tree"),
    "Lists the paths to all members of a bag and to elements of arrays.",
    examples: [
      Example("print array_length(treepath(dynamic({\"a\": 1, \"b\": {\"c\": 2}})))", "3"),
      Example("print treepath(dynamic({\"a\": [1, 2]}))[1] == \"['a'][0]\"", "true"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)]) { arguments, writer in
        guard arguments[0].kind == .bag || arguments[0].kind == .array else { return }
        writer.beginArray()
        var path: [UInt8] = []
        appendPaths(arguments[0], &path, &writer, depth: 0)
        writer.endArray()
      }
    ]
  )

  private static func appendPaths(
    _ value: DynamicView,
    _ path: inout [UInt8],
    _ writer: inout DynamicWriter,
    depth: Int
  ) {
    guard depth < DynamicLimit.depth else { return }
    let length = path.count
    for member in value.members {
      path += Array("['".utf8) + Array(member.key) + Array("']".utf8)
      writer.append(string: path)
      appendPaths(member.value, &path, &writer, depth: depth + 1)
      path.removeLast(path.count - length)
    }
    var seen = Set<[UInt8]>()
    for element in value.elements {
      path += Array("[0]".utf8)
      if seen.insert(path).inserted { writer.append(string: path) }
      appendPaths(element, &path, &writer, depth: depth + 1)
      path.removeLast(path.count - length)
    }
  }
}
