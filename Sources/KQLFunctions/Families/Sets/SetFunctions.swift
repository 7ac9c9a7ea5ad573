import Columnar

extension ScalarFunction {
  static let setFamily: [ScalarFunction] = [
    setUnion, setIntersect, setDifference, setHasElement, setEquals, jaccardIndex,
  ]

  static let setUnion = ScalarFunction(
    "set_union",
    "set:DynamicArray*2...64 -> Custom",
    "Makes an array of the different values of all arrays.",
    examples: [
      Example("print set_union(dynamic([1, 2]), dynamic([2, 3]))", "[1,2,3]"),
      Example("print set_union(dynamic([1, 1]), dynamic([]))", "[1]"),
    ],
    kernels: [
      combination { sets in
        var union = DynamicSet()
        for set in sets { for element in set.elements { _ = union.insert(element) } }
        return union.values
      }
    ]
  )

  static let setIntersect = ScalarFunction(
    "set_intersect",
    "set:DynamicArray*2...64 -> Custom",
    "Makes an array of the different values that all arrays have.",
    examples: [
      Example("print set_intersect(dynamic([1, 2, 3]), dynamic([3, 2, 5]))", "[2,3]"),
      Example("print set_intersect(dynamic([1]), dynamic([2]))", "[]"),
    ],
    kernels: [
      combination { sets in
        let others = sets.dropFirst().map { DynamicSet($0) }
        return DynamicSet(sets[0]).values.filter { value in
          others.allSatisfy { $0.contains(value) }
        }
      }
    ]
  )

  static let setDifference = ScalarFunction(
    "set_difference",
    "set:DynamicArray*2...64 -> Custom",
    "Makes an array of the different values of the first array that no other has.",
    examples: [
      Example("print set_difference(dynamic([1, 2, 3]), dynamic([2]))", "[1,3]"),
      Example("print set_difference(dynamic([1, 2]), dynamic([2]), dynamic([1]))", "[]"),
    ],
    kernels: [
      combination { sets in
        let others = sets.dropFirst().map { DynamicSet($0) }
        return DynamicSet(sets[0]).values.filter { value in
          !others.contains { $0.contains(value) }
        }
      }
    ]
  )

  static let setHasElement = ScalarFunction(
    "set_has_element",
    "set:DynamicArray value",
    "Tells whether an array has a value.",
    examples: [
      Example("print set_has_element(dynamic([1, 2]), 2)", "true"),
      Example("print set_has_element(dynamic([1, 2]), \"2\")", "false"),
    ],
    kernels: [
      .viewing([.type(.dynamic), .any]) { arguments -> Bool? in
        guard arguments[0].kind == .array else { return nil }
        return arguments[0].elements.contains { $0.isSame(as: arguments[1]) }
      }
    ]
  )

  static let setEquals = ScalarFunction(
    "set_equals",
    "set1:DynamicArray set2:DynamicArray",
    "Tells whether two arrays have the same different values in any order.",
    examples: [
      Example("print set_equals(dynamic([1, 2, 2]), dynamic([2, 1]))", "true"),
      Example("print set_equals(dynamic([1]), dynamic([1, 2]))", "false"),
    ],
    kernels: [
      .viewing([.type(.dynamic), .type(.dynamic)]) { arguments -> Bool? in
        guard arguments[0].kind == .array, arguments[1].kind == .array else { return nil }
        let left = DynamicSet(arguments[0])
        let right = DynamicSet(arguments[1])
        return left.values.count == right.values.count
          && left.values.allSatisfy { right.contains($0) }
      }
    ]
  )

  static let jaccardIndex = ScalarFunction(
    "jaccard_index",
    "set:DynamicArray*2...2",
    "Divides the number of shared values of two arrays by the number of all their values.",
    examples: [
      Example("print jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4]))", "0.75"),
      Example("print jaccard_index(dynamic([1]), dynamic([2]))", "0.0"),
    ],
    kernels: [
      .viewing([.type(.dynamic), .type(.dynamic)]) { arguments -> Double? in
        guard arguments[0].kind == .array, arguments[1].kind == .array else { return nil }
        let left = DynamicSet(arguments[0])
        let right = DynamicSet(arguments[1])
        let shared = left.values.filter { right.contains($0) }.count
        return Double(shared) / Double(left.values.count + right.values.count - shared)
      }
    ]
  )

  /// Makes an array out of sets; null where one of them is no array.
  private static func combination(
    _ body: @escaping @Sendable ([DynamicView]) -> [DynamicView]
  ) -> ScalarKernel {
    .dynamic([.type(.dynamic)], minimumCount: 2, isVariadic: true) { arguments, writer in
      let sets = arguments.all
      guard sets.allSatisfy({ $0.kind == .array }) else { return }
      writer.beginArray()
      for value in body(sets) { writer.append(value) }
      writer.endArray()
    }
  }
}
