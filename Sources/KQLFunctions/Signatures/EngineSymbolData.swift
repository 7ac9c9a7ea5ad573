/// Holds symbols that only bind and in which the engine was seen to differ from the official
/// binder, as records of `SignatureText`; they take the place of official ones of the same name.
///
/// - `series_fit_poly` takes a degree that is a long.
/// - `schema_merge` and `diffpatterns_text` are in the reference but not in the binder.
enum EngineSymbolData {
  static let functions = """
    series_fit_poly - None -
     | y_series:DynamicArray x_series:DynamicArray? degree:Integer? -> Custom
    """
  static let plugins = """
    diffpatterns_text - None -
     | TextColumn:string@Column BooleanCondition:bool MinTokens:Integer? Threshold:real?
     MaxTokens:Integer? -> Custom
    schema_merge - None - | PreserveOrder:bool? -> Custom
    """
}
