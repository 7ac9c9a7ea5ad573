import Columnar
import KQLFunctions
import Testing

/// Evaluates a declared function as execution does, over vectors of the kernel's own types.
struct FunctionRunner {
  let function: ScalarFunction

  init(_ name: String) throws {
    function = try #require(FunctionCatalog.scalar(name), "\(name) is not declared")
  }

  /// The first kernel that takes exactly these types.
  func kernel(_ types: [ScalarType]) throws -> ScalarKernel {
    let found = function.kernels.first { kernel in
      guard types.count >= kernel.minimumCount,
        kernel.isVariadic || types.count <= kernel.parameters.count
      else { return false }
      return types.enumerated().allSatisfy { index, type in
        let parameter = kernel.parameters[min(index, kernel.parameters.count - 1)]
        return parameter == .any || parameter == .type(type)
      }
    }
    return try #require(found, "\(function.name) does not take \(types)")
  }

  func callAsFunction(
    _ arguments: [Vector],
    count: Int,
    result: ScalarType? = nil,
    site: CallSite? = nil
  ) throws -> Vector {
    let kernel = try kernel(arguments.map(\.type))
    let type = try #require(result ?? kernel.result)
    let call = KernelCall(
      arguments: arguments,
      count: count,
      resultType: type,
      site: site ?? .test
    )
    let vector = try kernel.evaluate(call)
    #expect(vector.count == count)
    #expect(vector.type == type)
    return vector
  }

  /// Evaluates constants; checks that rows of the same values give the same result.
  func callAsFunction(_ arguments: Scalar..., result: ScalarType? = nil) throws -> Scalar {
    let constants = arguments.map { Vector(constant: $0, count: 3) }
    let folded = try self(constants, count: 3, result: result).scalar(at: 2)
    let rows = arguments.map { Vector.of($0.type, [$0, $0, $0]) }
    if function.isDeterministic, !arguments.isEmpty {
      let computed = try self(rows, count: 3, result: result)
      for row in 0..<3 {
        let value = computed.scalar(at: row)
        #expect(value == folded || "\(value)" == "\(folded)", "\(function.name)")
      }
    }
    return folded
  }
}

extension CallSite {
  /// A call site of a query whose constants never change.
  static var test: CallSite {
    let constants = QueryConstants(
      now: DateTime(ticks: 638_000_000_000_000_000),
      randomSeed: 7,
      principal: "someone"
    )
    return CallSite(constants: constants, range: 0..<1)
  }
}

extension Vector {
  /// Rows of scalars.
  static func of(_ type: ScalarType, _ values: [Scalar]) -> Vector {
    let builder = VectorBuilder(type: type)
    for value in values { builder.append(value) }
    return builder.finish()
  }

  /// Rows of longs; nil is null.
  static func longs(_ values: [Int64?]) -> Vector {
    of(.long, values.map { value in value.map { Scalar.long($0) } ?? .null(.long) })
  }

  /// Rows of strings.
  static func texts(_ values: [String]) -> Vector {
    of(.string, values.map { Scalar.string(ByteString($0)) })
  }

  /// Rows of truth values; nil is null.
  static func bools(_ values: [Bool?]) -> Vector {
    of(.bool, values.map { value in value.map { Scalar.bool($0) } ?? .null(.bool) })
  }

  /// All rows.
  var scalars: [Scalar] { (0..<count).map { scalar(at: $0) } }
}

extension Scalar: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(ByteString(value)) }
}

extension Scalar: ExpressibleByIntegerLiteral {
  init(integerLiteral value: Int64) { self = .long(value) }
}
