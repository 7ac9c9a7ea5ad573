import Columnar

/// A compiled expression; belongs to one worker.
protocol ExpressionNode: AnyObject {
  /// Computes one value a row of the batch.
  func evaluate(_ batch: Batch) throws -> Vector
}

/// The same value in every row.
final class ConstantNode: ExpressionNode {
  let value: Scalar

  init(_ value: Scalar) { self.value = value }

  func evaluate(_ batch: Batch) throws -> Vector { Vector(constant: value, count: batch.count) }
}

/// A column of the batch.
final class ColumnNode: ExpressionNode {
  let position: Int

  init(_ position: Int) { self.position = position }

  func evaluate(_ batch: Batch) throws -> Vector { batch.columns[position] }
}
