extension OperatorTreeTests {
  /// Trees of operators that make groups.
  static let groupingTrees: [(String, String)] = [
    (
      #"""
      T | count as n
      """#,
      #"""
      (countOperator as:n)
      """#
    ),
    (
      #"""
      T | make-series n=count() default=0, m=avg(x) on t from a to b step 1h by k
      """#,
      #"""
      (makeSeriesOperator aggregate:(seriesAggregate expression:(namedExpression name:n
      expression:(functionCall name:count)) defaultValue:0) aggregate:(seriesAggregate
      expression:(namedExpression name:m expression:(functionCall name:avg argument:x))) axis:t
      from:a to:b step:1h by:k)
      """#
    ),
    (
      #"""
      T | make-series count() on t in range(a, b, 1h)
      """#,
      #"""
      (makeSeriesOperator aggregate:(seriesAggregate expression:(functionCall name:count))
      axis:t from:a to:b step:1h)
      """#
    ),
    (
      #"""
      T | reduce kind=source by a with threshold=0.5, characters="x"
      """#,
      #"""
      (reduceOperator parameter:(operatorParameter name:kind value:source) by:a
      with:(namedExpression name:threshold expression:0.5) with:(namedExpression name:characters
      expression:"x"))
      """#
    ),
    (
      #"""
      T | summarize hint.strategy=shuffle n=count(), (a, b)=arg_max(x, *) by c, d=bin(t, 1h)
      """#,
      #"""
      (summarizeOperator parameter:(operatorParameter name:hint.strategy value:shuffle)
      expression:(namedExpression name:n expression:(functionCall name:count))
      expression:(tupleNamedExpression name:a name:b expression:(functionCall name:arg_max
      argument:x argument:*)) by:c by:(namedExpression name:d expression:(functionCall name:bin
      argument:t argument:1h)))
      """#
    ),
    (
      #"""
      T | summarize by a
      """#,
      #"""
      (summarizeOperator by:a)
      """#
    ),
    (
      #"""
      T | summarize count() by a bin=1h
      """#,
      #"""
      (summarizeOperator expression:(functionCall name:count) by:a bin:1h)
      """#
    ),
    (
      #"""
      T | top-hitters 3 of a by b
      """#,
      #"""
      (topHittersOperator count:3 of:a by:b)
      """#
    ),
    (
      #"""
      T | top-nested 2 of a with others="x" by count(), top-nested of b by sum(c) desc
      """#,
      #"""
      (topNestedOperator clause:(topNestedClause count:2 of:a others:"x" by:(orderedExpression
      expression:(functionCall name:count))) clause:(topNestedClause of:b by:(orderedExpression
      expression:(functionCall name:sum argument:c) order:desc)))
      """#
    ),
  ]
}
