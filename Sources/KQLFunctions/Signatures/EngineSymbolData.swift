/// Holds symbols in which the engine was seen to differ from the official binder, in the format of
/// `generate.py`; they take the place of official ones of the same name.
///
/// - `count(x)` counts all rows for an `x` of any type.
/// - `make_timespan` takes seconds with a fraction, `series_fit_poly` a degree that is a long.
/// - `jaccard_index` is a real.
/// - `schema_merge` and `diffpatterns_text` are in the reference but not in the binder.
enum EngineSymbolData {
  static let functions = """
    jaccard_index c None - | Declared:real set:DynamicArray*2,2
    make_timespan c OnlyArgument -
     | Declared:timespan days:Integer hours:Integer minutes:Integer seconds:Number
     | Declared:timespan hours:Integer minutes:Integer seconds:Number*0,1
     | Declared:timespan value:Scalar
    series_fit_poly - None -
     | Custom y_series:DynamicArray x_series:DynamicArray*0,1 degree:Integer*0,1
    """
  static let aggregates = """
    count - PrefixAndFirstArgument:count - | Declared:long | Declared:long expr:Scalar
    """
  static let plugins = """
    diffpatterns_text - None -
     | Custom TextColumn:Declared/string@Column BooleanCondition:Declared/bool
     MinTokens:Integer*0,1 Threshold:Declared/real*0,1 MaxTokens:Integer*0,1
    schema_merge - None - | Custom PreserveOrder:Declared/bool*0,1
    """
}
