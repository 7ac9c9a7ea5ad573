import Columnar
import PatternMatching

// `has_any` and `has_all`: terms of a list, whatever the case.

extension ScalarFunction {
  static let termListFamily: [ScalarFunction] = [hasAny, hasAll]

  static let hasAny = ScalarFunction(
    "HasAny",
    "value:string+dynamic table:Tabular | value:string+dynamic value:Scalar*1...",
    "Tells whether a text has any of several terms.",
    examples: [
      Example("print \"net user /add\" has_any (\"add\", \"del\")", "true"),
      Example("print \"net users\" has_any (dynamic([\"user\"]))", "false"),
    ],
    kernels: [.termList(isAll: false)]
  )

  static let hasAll = ScalarFunction(
    "HasAll",
    "value:string+dynamic table:Tabular | value:string+dynamic value:Scalar*1...",
    "Tells whether a text has all of several terms.",
    examples: [
      Example("print \"net user /add\" has_all (\"add\", \"NET\")", "true"),
      Example("print \"net user\" has_all (\"net\", \"add\")", "false"),
    ],
    kernels: [.termList(isAll: true)]
  )
}

extension ScalarKernel {
  fileprivate static func termList(isAll: Bool) -> ScalarKernel {
    ScalarKernel([.type(.string), .any], isVariadic: true, result: .bool) { call in
      let count = call.isConstant ? 1 : call.count
      let values = Buffer(byteCount: count)
      let target = values.values(UInt8.self)
      let lists = call.arguments.dropFirst()
      if lists.allSatisfy({ $0.constant != nil }) {
        let prepared = try call.site.prepare(PreparedTerms.self) {
          PreparedTerms(try needles(lists.compactMap(\.constant), call))
        }
        call.arguments[0].withTextColumn(count: count) { column in
          isAll
            ? prepared.needles.searchAll(column, into: target)
            : prepared.needles.searchAny(column, into: target)
        }
      } else {
        let texts = TextReader(call.arguments[0])
        for row in 0..<count {
          let own = try needles(lists.map { $0.scalar(at: row) }, call)
          let text = texts[row].buffer
          target[row] = (isAll ? own.matchesAll(text) : own.matchesAny(text)) ? 1 : 0
        }
      }
      return call.widened(
        Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
      )
    }
  }
}

/// The terms of values and arrays. A null stands for the empty text, which every text has.
private func needles(_ values: [Scalar], _ call: KernelCall) throws -> NeedleSet {
  let texts = try values.flatMap(\.spread).map { value -> [UInt8] in
    switch value {
    case .string(let text): return text.bytes
    case .null: return []
    default:
      throw QueryFailure(
        .evaluation,
        "has_any and has_all look for strings, not \(value.type.name) values",
        range: call.site.range
      )
    }
  }
  return NeedleSet(texts, mode: .hasTerm, ignoresCase: true)
}

/// Terms kept by a call site.
private final class PreparedTerms {
  let needles: NeedleSet

  init(_ needles: NeedleSet) { self.needles = needles }
}
