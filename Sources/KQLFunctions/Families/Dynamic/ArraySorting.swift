import Columnar

extension ScalarFunction {
  static let arraySortFamily: [ScalarFunction] = [arraySortAscending, arraySortDescending]

  static let arraySortAscending = ScalarFunction(
    "array_sort_asc",
    "arrays:DynamicArray*1...64 nulls_last:bool@Constant? -> Custom",
    "Sorts an array upwards and puts further arrays into the same order.",
    examples: [
      Example("print array_sort_asc(dynamic([3, 1, 2]))", "[1,2,3]"),
      Example("print array_sort_asc(dynamic([2, null, 1]), false)", "[null,1,2]"),
    ],
    kernels: [sorting(isDescending: false)]
  )

  static let arraySortDescending = ScalarFunction(
    "array_sort_desc",
    "arrays:DynamicArray*1...64 nulls_last:bool@Constant? -> Custom",
    "Sorts an array downwards and puts further arrays into the same order.",
    examples: [
      Example("print array_sort_desc(dynamic([3, 1, 2]))", "[3,2,1]"),
      Example("print array_sort_desc(dynamic([2, null, 1]))", "[2,1,null]"),
    ],
    kernels: [sorting(isDescending: true)]
  )

  /// One array gives the sorted array, several give an array of them: each is a column.
  private static func sorting(isDescending: Bool) -> ScalarKernel {
    .dynamic([.any], minimumCount: 1, isVariadic: true) { arguments, writer in
      var arrays = arguments.all
      var nullsLast = true
      if arrays.count > 1, let flag = arrays.last?.bool {
        nullsLast = flag
        arrays.removeLast()
      }
      let order = sortedPositions(arrays[0], isDescending: isDescending, nullsLast: nullsLast)
      if arrays.count == 1 { return append(arrays[0], in: order, to: &writer) }
      writer.beginArray()
      for array in arrays { append(array, in: order, to: &writer) }
      writer.endArray()
    }
  }

  private static func sortedPositions(
    _ array: DynamicView,
    isDescending: Bool,
    nullsLast: Bool
  ) -> [Int]? {
    guard array.kind == .array else { return nil }
    let elements = Array(array.elements)
    let nulls = elements.indices.filter { elements[$0].isNull }
    let values = elements.indices.filter { !elements[$0].isNull }.sorted { left, right in
      let order = elements[left].sortOrder(elements[right], isDescending: isDescending)
      return order != 0 ? order < 0 : left < right
    }
    return nullsLast ? values + nulls : nulls + values
  }

  /// Appends an array in an order; null for an array of another length.
  private static func append(
    _ array: DynamicView,
    in order: [Int]?,
    to writer: inout DynamicWriter
  ) {
    guard let order, array.kind == .array, array.count == order.count else {
      return writer.appendNull()
    }
    writer.beginArray()
    for position in order { writer.append(array.element(at: position) ?? .null) }
    writer.endArray()
  }
}
