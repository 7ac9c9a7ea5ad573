import Columnar
import KQLFunctions
import QueryPlan

/// Tests values against a set that a subquery made, through a hash table.
final class MembershipNode: ExpressionNode {
  private let operand: any ExpressionNode
  private let prober: GroupProber
  private let isNegated: Bool
  private let charge: MemoryCharge

  private init(
    operand: any ExpressionNode,
    prober: GroupProber,
    isNegated: Bool,
    charge: MemoryCharge
  ) {
    self.charge = charge
    self.operand = operand
    self.prober = prober
    self.isNegated = isNegated
  }

  /// Makes a node; matching that is not plain equality is left to the operator's own kernel.
  static func make(
    _ membership: Membership,
    operand: any ExpressionNode,
    column: Vector,
    site: CallSite,
    budget: QueryBudget
  ) throws -> any ExpressionNode {
    let isPlain = membership.function == "In" || membership.function == "NotIn"
    if isPlain, membership.operand.type == column.type {
      let table = GroupTable(types: [column.type])
      var groups = [UInt32](repeating: 0, count: column.count + 1)
      groups.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { table.insert([column], count: column.count, into: base) }
      }
      let charge = MemoryCharge(budget)
      try charge.resize(to: table.byteCount)
      return MembershipNode(
        operand: operand,
        prober: table.makeProber(),
        isNegated: membership.function == "NotIn",
        charge: charge
      )
    }
    return try kernelNode(membership, operand, column, site)
  }

  func evaluate(_ batch: Batch) throws -> Vector {
    let vector = try operand.evaluate(batch)
    let count = batch.count
    let values = Buffer(byteCount: count)
    let target = values.values(UInt8.self)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, count)) { groups in
      guard let base = groups.baseAddress else { return }
      prober.find([vector], count: count, into: base)
      if let nulls = vector.nullRows() {
        for row in 0..<count where nulls.base[row] != 0 { base[row] = .max }
      }
      let flip: UInt8 = isNegated ? 1 : 0
      for row in 0..<count {
        target[row] = unsafeBitCast(base[row] != .max, to: UInt8.self) ^ flip
      }
    }
    return Vector(type: .bool, count: count, layout: .fixed(FixedRows(values: values)))
  }

  /// Hands the values of the set to the operator's kernel as one dynamic array or as arguments.
  private static func kernelNode(
    _ membership: Membership,
    _ operand: any ExpressionNode,
    _ column: Vector,
    _ site: CallSite
  ) throws -> any ExpressionNode {
    let flat = column.flattened()
    let constants = (0..<flat.count).map { ConstantNode(flat.scalar(at: $0)) }
    let types = [membership.operand.type] + constants.map(\.value.type)
    guard let function = FunctionCatalog.scalar(membership.function),
      let choice = KernelResolution.choose(function, types)
    else {
      throw QueryFailure(
        .unsupported,
        "'\(membership.function)' over a subquery does not run for these types here yet",
        range: site.range
      )
    }
    return CallNode(
      kernel: choice.kernel,
      arguments: [operand] + constants,
      resultType: .bool,
      site: site,
      isDeterministic: true
    )
  }
}
