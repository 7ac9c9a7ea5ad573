import Columnar

/// A text that one thread reads, whose rows are handed on step by step.
final class SerialText {
  let block: TextBlock
  let builder: ChunkBuilder
  private let delivery: ChunkDelivery
  private var deliveredBytes = 0
  private var deliveredReplacements = 0

  init(_ block: TextBlock, _ builder: ChunkBuilder, _ delivery: ChunkDelivery) {
    self.block = block
    self.builder = builder
    self.delivery = delivery
  }

  /// Reads more; false where nothing came because the file has ended.
  func refill(_ batch: inout CellBatch) throws -> Bool {
    // The cells of the batch lie in the block that is about to move.
    try handOn(&batch)
    return try block.refill()
  }

  /// Hands on the rows so far.
  func handOn(_ batch: inout CellBatch) throws {
    builder.take(&batch, from: block)
    let chunk = builder.finishChunk(
      path: block.path,
      textBytes: block.bytesRead - deliveredBytes,
      replacedSequences: block.replacedSequenceCount - deliveredReplacements
    )
    deliveredBytes = block.bytesRead
    deliveredReplacements = block.replacedSequenceCount
    try delivery.take(chunk)
  }
}
