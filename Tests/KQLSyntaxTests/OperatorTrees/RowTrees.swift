extension OperatorTreeTests {
  /// Trees of operators that choose, order, name and show rows.
  static let rowTrees: [(String, String)] = [
    (
      #"""
      T | as hint.materialized=true x
      """#,
      #"""
      (asOperator parameter:(operatorParameter name:hint.materialized value:true) name:x)
      """#
    ),
    (
      #"""
      T | consume decodeblocks=true
      """#,
      #"""
      (consumeOperator parameter:(operatorParameter name:decodeblocks value:true))
      """#
    ),
    (
      #"""
      T | distinct a, b.c
      """#,
      #"""
      (distinctOperator expression:a expression:(path base:b segment:(memberSegment member:c)))
      """#
    ),
    (
      #"""
      T | distinct *
      """#,
      #"""
      (distinctOperator expression:*)
      """#
    ),
    (
      #"""
      T | __executeAndCache
      """#,
      #"""
      (executeAndCacheOperator)
      """#
    ),
    (
      #"""
      T | render timechart kind=stacked title="x" by a, b
      """#,
      #"""
      (renderOperator chart:timechart property:(operatorParameter name:kind value:stacked)
      property:(operatorParameter name:title value:"x") property:(operatorParameter name:by
      value:(nameList item:a item:b)))
      """#
    ),
    (
      #"""
      T | render barchart with (title=strcat("a", "b"), ycolumns=a, b, ymin=-1)
      """#,
      #"""
      (renderOperator chart:barchart property:(operatorParameter name:title value:(functionCall
      name:strcat argument:"a" argument:"b")) property:(operatorParameter name:ycolumns
      value:(nameList item:a item:b)) property:(operatorParameter name:ymin value:(unary
      operator:- operand:1)))
      """#
    ),
    (
      #"""
      T | sample 5
      """#,
      #"""
      (sampleOperator count:5)
      """#
    ),
    (
      #"""
      T | sample-distinct 5 of a
      """#,
      #"""
      (sampleDistinctOperator count:5 of:a)
      """#
    ),
    (
      #"""
      T | scan with_match_id=m order by a partition by b declare (s:long=0) with (step x
      output=last: y > 1 => s = 2; step z optional: true;)
      """#,
      #"""
      (scanOperator parameter:(operatorParameter name:with_match_id value:m)
      order:(orderedExpression expression:a) partition:b declare:(functionParameter name:s
      type:long defaultValue:0) step:(scanStep name:x output:last condition:(comparison
      operand:y operator:> operand:1) arrow:=> assignment:(namedExpression name:s expression:2))
      step:(scanStep name:z optional:optional condition:true))
      """#
    ),
    (
      #"""
      T | serialize a = row_number()
      """#,
      #"""
      (serializeOperator expression:(namedExpression name:a expression:(functionCall
      name:row_number)))
      """#
    ),
    (
      #"""
      T | order by a asc, b desc nulls first, f(c)
      """#,
      #"""
      (sortOperator expression:(orderedExpression expression:a order:asc)
      expression:(orderedExpression expression:b order:desc nulls:first)
      expression:(orderedExpression expression:(functionCall name:f argument:c)))
      """#
    ),
    (
      #"""
      T | take 5
      """#,
      #"""
      (takeOperator count:5)
      """#
    ),
    (
      #"""
      T | limit n
      """#,
      #"""
      (takeOperator count:n)
      """#
    ),
    (
      #"""
      T | top 5 by a desc nulls last
      """#,
      #"""
      (topOperator count:5 by:(orderedExpression expression:a order:desc nulls:last))
      """#
    ),
    (
      #"""
      T | where a == 1
      """#,
      #"""
      (whereOperator predicate:(comparison operand:a operator:== operand:1))
      """#
    ),
    (
      #"""
      T | filter hint.x
      """#,
      #"""
      (whereOperator predicate:(path base:hint segment:(memberSegment member:x)))
      """#
    ),
  ]
}
