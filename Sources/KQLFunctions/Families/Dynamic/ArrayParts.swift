import Columnar

// Functions that make arrays of parts of arrays. What is no array gives null.

extension ScalarFunction {
  static let arrayPartFamily: [ScalarFunction] = [
    arrayLength, arrayConcat, arraySlice, arraySplit, arrayReverse, arrayRotateLeft,
    arrayRotateRight, arrayShiftLeft, arrayShiftRight,
  ]

  static let arrayLength = ScalarFunction(
    "array_length",
    aliases: [.obsolete("arraylength")],
    "array:DynamicArray",
    "Counts the elements of an array.",
    examples: [
      Example("print array_length(dynamic([1, 2, 3]))", "3"),
      Example("print array_length(dynamic({\"a\": 1}))", "null"),
    ],
    kernels: [
      .map { (array: DynamicView) -> Int64? in
        array.kind == .array ? Int64(array.count) : nil
      }
    ]
  )

  static let arrayConcat = ScalarFunction(
    "array_concat",
    "array:DynamicArray*1...64 -> Custom",
    "Joins arrays; what is no array is left out.",
    examples: [
      Example("print array_concat(dynamic([1, 2]), dynamic([3]))", "[1,2,3]"),
      Example("print array_concat(dynamic([1]), dynamic(null))", "[1]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)], minimumCount: 1, isVariadic: true) { arguments, writer in
        let arrays = arguments.all.filter { $0.kind == .array }
        guard !arrays.isEmpty else { return }
        writer.beginArray()
        for array in arrays { for element in array.elements { writer.append(element) } }
        writer.endArray()
      }
    ]
  )

  static let arraySlice = ScalarFunction(
    "array_slice",
    "array:DynamicArray start end -> Parameter0",
    "Takes the elements from one position to another, inclusive; negative ones from the end.",
    examples: [
      Example("print array_slice(dynamic([1, 2, 3, 4]), 1, 2)", "[2,3]"),
      Example("print array_slice(dynamic([1, 2, 3, 4]), -2, -1)", "[3,4]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.long), .type(.long)]) { arguments, writer in
        let array = arguments[0]
        guard array.kind == .array, let start = arguments.long(1), let end = arguments.long(2)
        else { return }
        let first = array.position(start)
        let last = end < 0 ? Int64(array.count) &+ end : min(end, Int64(array.count) - 1)
        writer.append(array, from: first, upTo: Int(clamping: last &+ 1))
      }
    ]
  )

  static let arraySplit = ScalarFunction(
    "array_split",
    """
    array:DynamicArray index:Integer -> Parameter0
    | array:DynamicArray indices:DynamicArray -> Parameter0
    """,
    "Splits an array at one or several positions; negative ones from the end.",
    examples: [
      Example("print array_split(dynamic([1, 2, 3, 4, 5]), 2)", "[[1,2],[3,4,5]]"),
      Example(
        "print array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3]))",
        "[[1],[2,3],[4,5]]"
      ),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .any]) { arguments, writer in
        let array = arguments[0]
        guard array.kind == .array else { return }
        let places = arguments[1].kind == .array ? Array(arguments[1].elements) : [arguments[1]]
        var cuts: [Int] = []
        for place in places {
          guard let number = place.wholeNumber else { return }
          cuts.append(max(cuts.last ?? 0, array.position(number)))
        }
        writer.beginArray()
        for (start, end) in zip([0] + cuts, cuts + [array.count]) {
          writer.append(array, from: start, upTo: end)
        }
        writer.endArray()
      }
    ]
  )

  static let arrayReverse = ScalarFunction(
    "array_reverse",
    "value:DynamicArray -> Parameter0",
    "Turns the order of an array's elements around.",
    examples: [
      Example("print array_reverse(dynamic([1, 2, 3]))", "[3,2,1]"),
      Example("print array_reverse(dynamic([]))", "[]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)]) { arguments, writer in
        guard arguments[0].kind == .array else { return }
        writer.beginArray()
        for element in Array(arguments[0].elements).reversed() { writer.append(element) }
        writer.endArray()
      }
    ]
  )

  static let arrayRotateLeft = ScalarFunction(
    "array_rotate_left",
    "array:DynamicArray rotate_count -> Parameter0",
    "Moves elements to the left; those that fall out come in on the right.",
    examples: [
      Example("print array_rotate_left(dynamic([1, 2, 3, 4]), 1)", "[2,3,4,1]"),
      Example("print array_rotate_left(dynamic([1, 2, 3, 4]), -1)", "[4,1,2,3]"),
    ],
    kernels: [rotation { $0 }]
  )

  static let arrayRotateRight = ScalarFunction(
    "array_rotate_right",
    "array:DynamicArray rotate_count -> Parameter0",
    "Moves elements to the right; those that fall out come in on the left.",
    examples: [
      Example("print array_rotate_right(dynamic([1, 2, 3, 4]), 1)", "[4,1,2,3]"),
      Example("print array_rotate_right(dynamic([1, 2, 3, 4]), -1)", "[2,3,4,1]"),
    ],
    kernels: [rotation { 0 &- $0 }]
  )

  static let arrayShiftLeft = ScalarFunction(
    "array_shift_left",
    "array:DynamicArray shift_count default_value? -> Parameter0",
    "Moves elements to the left and fills up with a value, null without one.",
    examples: [
      Example("print array_shift_left(dynamic([1, 2, 3]), 1)", "[2,3,null]"),
      Example("print array_shift_left(dynamic([1, 2, 3]), -1, 0)", "[0,1,2]"),
    ],
    kernels: [shift { $0 }]
  )

  static let arrayShiftRight = ScalarFunction(
    "array_shift_right",
    "array:DynamicArray shift_count default_value? -> Parameter0",
    "Moves elements to the right and fills up with a value, null without one.",
    examples: [
      Example("print array_shift_right(dynamic([1, 2, 3]), 1)", "[null,1,2]"),
      Example("print array_shift_right(dynamic([1, 2, 3]), -1, 0)", "[2,3,0]"),
    ],
    kernels: [shift { 0 &- $0 }]
  )

  /// Rotates by a count that `toLeft` turns into steps to the left.
  private static func rotation(
    _ toLeft: @escaping @Sendable (Int64) -> Int64
  ) -> ScalarKernel {
    .dynamic([.type(.dynamic), .type(.long)]) { arguments, writer in
      let array = arguments[0]
      guard array.kind == .array, let steps = arguments.long(1) else { return }
      writer.beginArray()
      let count = Int64(array.count)
      if count > 0 {
        let first = Int((toLeft(steps) % count + count) % count)
        for index in 0..<array.count {
          writer.append(array.element(at: (first + index) % array.count) ?? .null)
        }
      }
      writer.endArray()
    }
  }

  /// Shifts by a count that `toLeft` turns into steps to the left.
  private static func shift(_ toLeft: @escaping @Sendable (Int64) -> Int64) -> ScalarKernel {
    .dynamic([.type(.dynamic), .type(.long), .any], minimumCount: 2) { arguments, writer in
      let array = arguments[0]
      guard array.kind == .array, let steps = arguments.long(1) else { return }
      let limit = Int64(array.count)
      let offset = Int(max(-limit, min(toLeft(steps), limit)))
      writer.beginArray()
      for index in 0..<array.count {
        let place = index + offset
        let isInside = place >= 0 && place < array.count
        writer.append(isInside ? array.element(at: place) ?? .null : arguments[2])
      }
      writer.endArray()
    }
  }
}

extension DynamicView {
  /// A position in the array, counted from the end where negative, kept within it.
  func position(_ number: Int64) -> Int {
    let size = Int64(count)
    return Int(max(0, min(number < 0 ? size &+ number : number, size)))
  }
}

extension DynamicWriter {
  /// Appends an array of the elements from one position up to another.
  mutating func append(_ array: DynamicView, from start: Int, upTo end: Int) {
    beginArray()
    var index = start
    while index < min(end, array.count) {
      append(array.element(at: index) ?? .null)
      index += 1
    }
    endArray()
  }
}
