import Testing

@testable import KQLSyntax

/// Holds the trees of expressions and tabular sources.
struct ExpressionTreeTests {
  @Test(arguments: trees)
  func tree(text: String, expected: String) {
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.brief == expected.joinedLines)
  }

  static let trees: [(String, String)] = [
    (
      #"""
      print 1 + 2 * 3 - 4 / 5 % 6
      """#,
      #"""
      (printOperator expression:(addition operand:1 operator:+ operand:(multiplication operand:2
      operator:* operand:3) operator:- operand:(multiplication operand:4 operator:/ operand:5
      operator:% operand:6)))
      """#
    ),
    (
      #"""
      print -a + +1
      """#,
      #"""
      (printOperator expression:(addition operand:(unary operator:- operand:a) operator:+
      operand:(unary operator:+ operand:1)))
      """#
    ),
    (
      #"""
      print a or b and c or d
      """#,
      #"""
      (printOperator expression:(logicalOr operand:a operator:or operand:(logicalAnd operand:b
      operator:and operand:c) operator:or operand:d))
      """#
    ),
    (
      #"""
      print (a or b) and not(c)
      """#,
      #"""
      (printOperator expression:(logicalAnd operand:(parenthesized expression:(logicalOr
      operand:a operator:or operand:b)) operator:and operand:(functionCall name:not
      argument:c)))
      """#
    ),
    (
      #"""
      print a == 1, b != 2, c <> 3, d < 4, e >= 5
      """#,
      #"""
      (printOperator expression:(comparison operand:a operator:== operand:1)
      expression:(comparison operand:b operator:!= operand:2) expression:(comparison operand:c
      operator:<> operand:3) expression:(comparison operand:d operator:< operand:4)
      expression:(comparison operand:e operator:>= operand:5))
      """#
    ),
    (
      #"""
      print a =~ "x", b !~ "y", c matches regex "z", d !has_cs "w", e : "v"
      """#,
      #"""
      (printOperator expression:(stringMatch operand:a operator:=~ operand:"x")
      expression:(stringMatch operand:b operator:!~ operand:"y") expression:(stringMatch
      operand:c operator:matches regex operand:"z") expression:(stringMatch operand:d
      operator:!has_cs operand:"w") expression:(stringMatch operand:e operator:: operand:"v"))
      """#
    ),
    (
      #"""
      print a has "x" == true
      """#,
      #"""
      (printOperator expression:(comparison operand:(stringMatch operand:a operator:has
      operand:"x") operator:== operand:true))
      """#
    ),
    (
      #"""
      print a in (1, "x"), b !in~ (f(), (T | take 1)), c has_any (d), d in (T | project x)
      """#,
      #"""
      (printOperator expression:(inExpression operand:a operator:in item:1 item:"x")
      expression:(inExpression operand:b operator:!in~ item:(functionCall name:f)
      item:(parenthesized expression:(pipeline source:T stage:(takeOperator count:1))))
      expression:(inExpression operand:c operator:has_any item:d) expression:(inExpression
      operand:d operator:in item:(pipeline source:T stage:(projectOperator expression:x))))
      """#
    ),
    (
      #"""
      print a between (1 .. 2), b !between (ago(1d) .. now())
      """#,
      #"""
      (printOperator expression:(betweenExpression operand:a operator:between lower:1 range:..
      upper:2) expression:(betweenExpression operand:b operator:!between lower:(functionCall
      name:ago argument:1d) range:.. upper:(functionCall name:now)))
      """#
    ),
    (
      #"""
      print a.b["c d"][0].e, a.['b c'], a.[0], $left.x
      """#,
      #"""
      (printOperator expression:(path base:a segment:(memberSegment member:b)
      segment:(elementSegment expression:"c d") segment:(elementSegment expression:0)
      segment:(memberSegment member:e)) expression:(path base:a segment:(memberSegment
      member:(name name:'b c'))) expression:(path base:a segment:(elementSegment expression:0))
      expression:(path base:$left segment:(memberSegment member:x)))
      """#
    ),
    (
      #"""
      print f(), g(a, b = 1, *), h(-1)
      """#,
      #"""
      (printOperator expression:(functionCall name:f) expression:(functionCall name:g argument:a
      argument:(namedExpression name:b expression:1) argument:*) expression:(functionCall name:h
      argument:(unary operator:- operand:1)))
      """#
    ),
    (
      #"""
      print toscalar(T | count), toscalar kind=nooptimization (T), totable(T)
      """#,
      #"""
      (printOperator expression:(toScalar expression:(pipeline source:T stage:(countOperator)))
      expression:(toScalar parameter:(operatorParameter name:kind value:nooptimization)
      expression:T) expression:(toTable expression:T))
      """#
    ),
    (
      #"""
      print typeof(long), typeof(a:int, *)
      """#,
      #"""
      (printOperator expression:(typeofLiteral type:long) expression:(typeofLiteral
      type:(columnDeclaration name:a type:int) type:*))
      """#
    ),
    (
      #"""
      print dynamic({"a": [1, -2.5, null, datetime(2020)], 'b': {}}), dynamic("x" 'y'),
      dynamic(dynamic(1))
      """#,
      #"""
      (printOperator expression:(dynamicLiteral value:(jsonObject pair:(jsonPair name:"a"
      value:(jsonArray item:1 item:(unary operator:- operand:2.5) item:null
      item:datetime(2020))) pair:(jsonPair name:'b' value:(jsonObject))))
      expression:(dynamicLiteral value:(stringLiteral value:"x" value:'y'))
      expression:(dynamicLiteral value:(dynamicLiteral value:1)))
      """#
    ),
    (
      #"""
      print "a" 'b' @"c"
      """#,
      #"""
      (printOperator expression:(stringLiteral value:"a" value:'b' value:@"c"))
      """#
    ),
    (
      #"""
      print ["a b"], [T*], @
      """#,
      #"""
      (printOperator expression:(name name:"a b") expression:(wildcardName part:T part:*)
      expression:(atExpression value:@))
      """#
    ),
    (
      #"""
      print count, count(), kind
      """#,
      #"""
      (printOperator expression:count expression:(functionCall name:count) expression:kind)
      """#
    ),
    (
      #"""
      cluster("c").database("d").['T x']
      """#,
      #"""
      (path base:(functionCall name:cluster argument:"c") segment:(memberSegment
      member:(functionCall name:database argument:"d")) segment:(memberSegment member:(name
      name:'T x')))
      """#
    ),
    (
      #"""
      T datascope=hotcache
      """#,
      #"""
      (dataScope base:T value:hotcache)
      """#
    ),
    (
      #"""
      datatable(a:int, b:string)[1, "x", int(null), dynamic([]),]
      """#,
      #"""
      (datatable schema:(rowSchema column:(columnDeclaration name:a type:int)
      column:(columnDeclaration name:b type:string)) value:1 value:"x" value:int(null)
      value:(dynamicLiteral value:(jsonArray)))
      """#
    ),
    (
      #"""
      externaldata(a:string)[@"x", h"y"] with (format="csv", ignoreFirstRecord=true)
      """#,
      #"""
      (externalData schema:(rowSchema column:(columnDeclaration name:a type:string)) value:@"x"
      value:h"y" with:(withClause property:(operatorParameter name:format value:"csv")
      property:(operatorParameter name:ignoreFirstRecord value:true)))
      """#
    ),
    (
      #"""
      inline_external_table (a:string, d:datetime) kind=storage partition by (p:datetime =
      bin(d, 1d)) pathformat=("x" p datetime_pattern("yyyy", p)) dataformat=csv ("http://x")
      with (x=1)
      """#,
      #"""
      (inlineExternalTable schema:(rowSchema column:(columnDeclaration name:a type:string)
      column:(columnDeclaration name:d type:datetime)) kindName:storage
      partition:(inlinePartitionClause column:(inlinePartitionColumn name:p type:datetime
      expression:(functionCall name:bin argument:d argument:1d)))
      pathFormat:(inlinePathFormatClause item:"x" item:p item:(functionCall
      name:datetime_pattern argument:"yyyy" argument:p)) dataFormat:csv value:"http://x"
      with:(withClause property:(operatorParameter name:x value:1)))
      """#
    ),
    (
      #"""
      materialized-view-combine ("v") base (T) delta (U) aggregations (summarize count())
      """#,
      #"""
      (materializedViewCombine value:"v" base:T delta:U aggregations:(summarizeOperator
      expression:(functionCall name:count)))
      """#
    ),
    (
      #"""
      T | mv-apply a on (__contextual_datatable 1 (a:int) | take 1)
      """#,
      #"""
      (mvApplyOperator column:(expandColumn expression:a) subquery:(pipeline
      source:(contextualDatatable id:1 schema:(rowSchema column:(columnDeclaration name:a
      type:int))) stage:(takeOperator count:1)))
      """#
    ),
    (
      #"""
      T | where a.count > 1 and count > 2
      """#,
      #"""
      (whereOperator predicate:(logicalAnd operand:(comparison operand:(path base:a
      segment:(memberSegment member:count)) operator:> operand:1) operator:and
      operand:(comparison operand:count operator:> operand:2)))
      """#
    ),
  ]
}
