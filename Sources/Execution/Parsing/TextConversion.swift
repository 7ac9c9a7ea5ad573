import Columnar
import KQLFunctions
import QueryPlan
import SourceText

/// Converts texts to a type as the conversion function of that type does.
final class TextConversion {
  let type: ScalarType
  /// nil for string, which stays as it is.
  private let node: (any ExpressionNode)?

  init(to type: ScalarType, span: SourceSpan, context: ExecutionContext) throws {
    self.type = type
    guard type != .string else {
      node = nil
      return
    }
    let text = PlanColumn(id: ColumnID(0), name: "", type: .string)
    let compiler = ExpressionCompiler(layout: ColumnLayout([text]), context: context)
    let call = Call(
      FunctionCatalog.conversion(to: type),
      [.column(text.id, .string)],
      type: type,
      span: span
    )
    node = try compiler.compile(.call(call))
  }

  /// Whether a text can fail to convert: a dynamic value may be any text.
  var canFail: Bool { type != .string && type != .dynamic }

  /// The values of a flat string vector; null where a text has no such form.
  func convert(_ texts: Vector) throws -> Vector {
    guard let node else { return texts }
    return try node.evaluate(Batch(columns: [texts], count: texts.count)).flattened()
  }
}
