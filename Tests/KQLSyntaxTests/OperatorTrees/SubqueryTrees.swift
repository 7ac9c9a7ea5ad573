extension OperatorTreeTests {
  /// Trees of operators that join tables or run subqueries.
  static let subqueryTrees: [(String, String)] = [
    (
      #"""
      T | facet by a, b with (where x | take 1)
      """#,
      #"""
      (facetOperator column:a column:b subquery:(pipeline stage:(whereOperator predicate:x)
      stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | facet by a with take 1
      """#,
      #"""
      (facetOperator column:a subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | fork x=(take 1) (count) (U | take 1)
      """#,
      #"""
      (forkOperator branch:(forkBranch name:x subquery:(pipeline stage:(takeOperator count:1)))
      branch:(forkBranch subquery:(pipeline stage:(countOperator))) branch:(forkBranch
      subquery:(pipeline source:U stage:(takeOperator count:1))))
      """#
    ),
    (
      #"""
      T | join kind=leftouter hint.strategy=shuffle (U | take 1) on a, $left.b == $right.c
      """#,
      #"""
      (joinOperator parameter:(operatorParameter name:kind value:leftouter)
      parameter:(operatorParameter name:hint.strategy value:shuffle) source:(parenthesized
      expression:(pipeline source:U stage:(takeOperator count:1))) on:a on:(comparison
      operand:(path base:$left segment:(memberSegment member:b)) operator:== operand:(path
      base:$right segment:(memberSegment member:c))))
      """#
    ),
    (
      #"""
      T | join U where a == b
      """#,
      #"""
      (joinOperator source:U predicate:(comparison operand:a operator:== operand:b))
      """#
    ),
    (
      #"""
      T | lookup kind=inner U on a
      """#,
      #"""
      (lookupOperator parameter:(operatorParameter name:kind value:inner) source:U on:a)
      """#
    ),
    (
      #"""
      T | mv-apply with_itemindex=i x = a.b[0] to typeof(long) limit 3 on (top 1 by x | count)
      """#,
      #"""
      (mvApplyOperator parameter:(operatorParameter name:with_itemindex value:i)
      column:(expandColumn expression:(namedExpression name:x expression:(path base:a
      segment:(memberSegment member:b) segment:(elementSegment expression:0)))
      type:(typeofLiteral type:long)) limit:3 subquery:(pipeline stage:(topOperator count:1
      by:(orderedExpression expression:x)) stage:(countOperator)))
      """#
    ),
    (
      #"""
      T | mv-expand kind=array a, x = b to typeof(string) limit 10
      """#,
      #"""
      (mvExpandOperator parameter:(operatorParameter name:kind value:array) column:(expandColumn
      expression:a) column:(expandColumn expression:(namedExpression name:x expression:b)
      type:(typeofLiteral type:string)) limit:10)
      """#
    ),
    (
      #"""
      T | partition hint.strategy=native by a.b (top 1 by c)
      """#,
      #"""
      (partitionOperator parameter:(operatorParameter name:hint.strategy value:native) by:(path
      base:a segment:(memberSegment member:b)) subquery:(pipeline stage:(topOperator count:1
      by:(orderedExpression expression:c))))
      """#
    ),
    (
      #"""
      T | partition by a { T | where x }
      """#,
      #"""
      (partitionOperator by:a query:(pipeline source:T stage:(whereOperator predicate:x)))
      """#
    ),
    (
      #"""
      T | partition by a in (dynamic([1])) (take 1)
      """#,
      #"""
      (partitionOperator by:a scope:(parenthesized expression:(dynamicLiteral value:(jsonArray
      item:1))) subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | __partitionby a id 1 (take 1)
      """#,
      #"""
      (partitionByOperator by:a id:1 subquery:(pipeline stage:(takeOperator count:1)))
      """#
    ),
  ]
}
