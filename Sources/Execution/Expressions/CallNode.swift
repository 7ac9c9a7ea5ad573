import Columnar
import KQLFunctions

/// A call of a kernel over the values of other nodes.
final class CallNode: ExpressionNode {
  private let kernel: ScalarKernel
  private let arguments: [any ExpressionNode]
  private let resultType: ScalarType
  private let site: CallSite
  private let isDeterministic: Bool
  private var lift = DictionaryLift()

  init(
    kernel: ScalarKernel,
    arguments: [any ExpressionNode],
    resultType: ScalarType,
    site: CallSite,
    isDeterministic: Bool
  ) {
    self.kernel = kernel
    self.arguments = arguments
    self.resultType = resultType
    self.site = site
    self.isDeterministic = isDeterministic
  }

  /// Whether the call gives the same value in every row, known before any row is seen.
  var isConstant: Bool { isDeterministic && arguments.allSatisfy { $0 is ConstantNode } }

  func evaluate(_ batch: Batch) throws -> Vector {
    let values = try arguments.map { try $0.evaluate(batch) }
    if isDeterministic, let position = Self.onlyDictionary(values),
      let lifted = try lift.apply(values, position, resultType, { try call($0, $1) })
    {
      return lifted
    }
    return try call(values, batch.count)
  }

  private func call(_ values: [Vector], _ count: Int) throws -> Vector {
    try kernel.evaluate(
      KernelCall(arguments: values, count: count, resultType: resultType, site: site)
    )
  }

  /// The position of the one argument that is dictionary-encoded while all others are constant.
  private static func onlyDictionary(_ values: [Vector]) -> Int? {
    var found: Int?
    for (index, value) in values.enumerated() where value.constant == nil {
      guard found == nil, value.dictionaryRows != nil else { return nil }
      found = index
    }
    return found
  }
}

/// Computes a call once for each value of a dictionary instead of once a row.
///
/// It pays once the rows seen outnumber the values by half; until then rows are computed singly.
/// Texts of many values take memory, so that each has to serve several rows.
struct DictionaryLift {
  /// Texts of so many values are little.
  private static let fewTexts = 16_384

  private var dictionary: VectorDictionary?
  private var results: Vector?
  /// The results as a dictionary, one object so that callers further up can cache by it.
  private var lifted: VectorDictionary?
  private var rowsSeen = 0

  /// The result over the rows, or nil where computing row by row is better for now.
  mutating func apply(
    _ values: [Vector],
    _ position: Int,
    _ type: ScalarType,
    _ call: ([Vector], Int) throws -> Vector
  ) throws -> Vector? {
    let argument = values[position]
    guard let rows = argument.dictionaryRows else { return nil }
    if dictionary !== rows.dictionary {
      dictionary = rows.dictionary
      results = nil
      lifted = nil
      rowsSeen = 0
    }
    rowsSeen &+= argument.count
    let size = rows.dictionary.values.count
    if results == nil {
      let isMuch = type.isText && size > Self.fewTexts
      if rowsSeen < (isMuch ? 2 * size : size / 2) { return nil }
      try rows.dictionary.load()
      let over = values.enumerated().map { index, value in
        index == position ? rows.dictionary.values : Self.resized(value, size)
      }
      let computed = try call(over, size)
      results = computed
      if computed.type.isText, computed.constant == nil {
        lifted = VectorDictionary(values: computed.flattened(), isDistinct: false)
      }
    }
    return results.map { spread($0, rows, argument.count) }
  }

  private static func resized(_ value: Vector, _ count: Int) -> Vector {
    guard let constant = value.constant else { return value }
    return Vector(constant: constant, count: count)
  }

  /// Hands per-value results out to the rows: texts stay dictionary-encoded.
  private func spread(_ results: Vector, _ rows: DictionaryRows, _ count: Int) -> Vector {
    if let constant = results.constant { return Vector(constant: constant, count: count) }
    if let lifted {
      return Vector(
        type: results.type,
        count: count,
        layout: .dictionary(
          DictionaryRows(codes: rows.codes, start: rows.start, dictionary: lifted)
        )
      )
    }
    return withExtendedLifetime(rows) { results.gather(rows.base, count: count) }
  }
}
