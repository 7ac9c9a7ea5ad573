import CSIMD
import Columnar

// Members and elements of dynamic values. A part of an encoded value is itself an encoded value,
// so that the result shares the bytes of the argument and nothing is copied.

extension ScalarFunction {
  static let accessFamily: [ScalarFunction] = [member, element]

  static let member = ScalarFunction(
    "Member",
    "value name",
    "Takes the member of a bag by its name; null where it has none.",
    examples: [
      Example("print d = dynamic({\"a\": 7}) | project d.a", "7"),
      Example("print d = dynamic({\"a\": 7}) | project d.b", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.dynamic), .type(.string)], result: .dynamic) { try takeMember($0) }
    ]
  )

  static let element = ScalarFunction(
    "Element",
    "value key:Scalar",
    "Takes an element of an array, negative positions from the end, or a member of a bag.",
    examples: [
      Example("print d = dynamic([1, 2, 3]) | project d[-1]", "3"),
      Example("print d = dynamic([1, 2, 3]) | project d[3]", "null"),
    ],
    kernels: [
      ScalarKernel([.type(.dynamic), .type(.long)], result: .dynamic) { call in
        let keys = FixedReader<Int64>(call.arguments[1])
        return takePart(call) { view, row in view.element(at: Int(keys[row])) }
      },
      ScalarKernel([.type(.dynamic), .type(.string)], result: .dynamic) { try takeMember($0) },
      ScalarKernel([.type(.dynamic), .type(.dynamic)], result: .dynamic) { call in
        let keys = DynamicReader(call.arguments[1])
        return takePart(call) { view, row in
          let key = keys[row]
          if let position = key.wholeNumber { return view.element(at: Int(position)) }
          return key.string.flatMap { view.member(named: $0) }
        }
      },
    ]
  )

  private static func takeMember(_ call: KernelCall) throws -> Vector {
    if case .string(let name) = call.arguments[1].constant {
      let prepared = DynamicName(name.bytes)
      return takePart(call) { view, _ in view.member(named: prepared) }
    }
    let names = TextReader(call.arguments[1])
    return takePart(call) { view, row in view.member(named: names[row].buffer) }
  }

  /// Takes a part of each row's value, by views into the same bytes.
  @inline(__always)
  private static func takePart(
    _ call: KernelCall,
    _ part: (DynamicView, Int) -> DynamicView?
  ) -> Vector {
    if call.hasConstantNull { return call.missingResult() }
    let rows = call.isConstant ? 1 : call.count
    let source = call.arguments[0]
    let flat =
      source.constant == nil
      ? source.flattened()
      : Vector(type: .dynamic, count: rows, layout: source.layout).flattened()
    guard case .text(let texts) = flat.layout else {
      unreachable("a dynamic argument has text rows")
    }
    let views = Buffer(byteCount: rows * 8)
    let flags = Buffer(byteCount: rows)
    let target = views.values(UInt64.self)
    let nulls = call.combinedNulls()
    let heap = texts.heapBase
    withExtendedLifetime((flat, nulls)) {
      for row in 0..<rows {
        let text = texts[row]
        var found = DynamicView.null
        if nulls.map({ $0.base[row] == 0 }) ?? true {
          found = part(DynamicView(text.base, count: text.count), row) ?? .null
        }
        let isNull = found.isNull
        flags.values(UInt8.self)[row] = isNull ? 1 : 0
        let offset = isNull ? 0 : UInt64(truncatingIfNeeded: found.start - heap)
        target[row] = offset | UInt64(truncatingIfNeeded: isNull ? 0 : found.byteCount) &<< 32
      }
    }
    let hasNulls = memchr(flags.base, 1, rows) != nil
    let found = TextRows(
      views: views,
      heap: texts.heap,
      nulls: hasNulls ? NullRows(flags: flags) : nil,
      isAscending: false
    )
    return call.widened(Vector(type: .dynamic, count: rows, layout: .text(found)))
  }
}
